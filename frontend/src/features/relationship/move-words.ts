import type { AutomaticMove } from '@comptoir/shared/relationship/lifecycle.contract'
import { t } from '../../platform/i18n/i18n.ts'

/** A change of status in a line. */
export const moveText = ({ vendorName, from, to }: AutomaticMove): string =>
  t('relationship.rules.move', { vendor: vendorName, from: t(`relationship.statuses.${from}`), to: t(`relationship.statuses.${to}`) })
