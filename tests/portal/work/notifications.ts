import type { Notification, Portal } from '../state.ts'

type NotificationInput = Pick<Notification, 'userId' | 'message'> & Partial<Notification>

/** Puts a notice before a user; one with a tag replaces the earlier ones of that tag. */
export function notify(portal: Portal, input: NotificationInput): Notification {
  const notification: Notification = {
    fromUserId: null,
    clientId: null,
    messageOut: '',
    tag: '',
    subTag: '',
    attach: null,
    ...input,
    id: portal.nextId('notification'),
    at: portal.clock.now(),
    isRead: false,
  }
  if (notification.tag !== '') {
    const { tag, userId } = notification
    const kept = portal.notifications.filter(known => known.tag !== tag || known.userId !== userId)
    portal.notifications.splice(0, portal.notifications.length, ...kept)
  }
  portal.notifications.push(notification)
  portal.journal.write('notification', { ...notification })
  return notification
}
