import type { AccessTables } from './tables/access.ts'
import type { ActionTables } from './tables/actions.ts'
import type { BoardTables } from './tables/boards.ts'
import type { ForecastTables } from './tables/forecasts.ts'
import type { ImportTables } from './tables/imports.ts'
import type { InsightTables } from './tables/insights.ts'
import type { InstallationTables } from './tables/installation.ts'
import type { MirrorTables } from './tables/mirror.ts'
import type { NoticeTables } from './tables/notices.ts'
import type { PaymentTables } from './tables/payments.ts'
import type { PortalTables } from './tables/portals.ts'
import type { PurchasingTables } from './tables/purchasing.ts'
import type { RelationshipTables } from './tables/relationship.ts'
import type { ScorecardTables } from './tables/scorecards.ts'
import type { VendorTables } from './tables/vendors.ts'

/** Every table, one file of rows per feature. */
export type Schema = BoardTables & AccessTables & ActionTables & ForecastTables & ImportTables & PaymentTables & PortalTables & PurchasingTables & InstallationTables & MirrorTables & NoticeTables & InsightTables & RelationshipTables & ScorecardTables & VendorTables
