import type { CrmClient } from './client.ts'
import { folderOfPerson, hasFile, uploadFile } from './drive-calls.ts'
import { hasMessage, sendMessage } from './notice-calls.ts'

export interface Parcel {
  readonly userId: number
  readonly files: () => Promise<readonly { readonly name: string, readonly body: Buffer }[]>
  readonly message: string
}

/** `isRetry`: an earlier try may have come through although its answer was lost. */
export type Bring = (parcel: Parcel, isRetry: boolean) => Promise<void>

/** The same folder in everybody's own Drive. */
const folder = 'Comptoir'

/** The ways on which files come to a person, in the portal's words. */
export const reportCalls = (client: CrmClient): { readonly drive: Bring, readonly chat: Bring } => ({
  async drive({ userId, files }, isRetry) {
    const folderId = await folderOfPerson(client, userId, folder)
    for (const { name, body } of await files()) {
      if (!isRetry || !await hasFile(client, folderId, name))
        await uploadFile(client, folderId, { name, base64: body.toString('base64') })
    }
  },
  async chat({ userId, message }, isRetry) {
    if (!isRetry || !await hasMessage(client, userId, message))
      await sendMessage(client, userId, message)
  },
})
