/** BI Builder: how other systems are reached, which of them are connected, and what is read from them. */

export interface ConnectorSetting {
  code: string
  name: string
  type: 'STRING' | 'INT'
}

/** A kind of system, declared by an app: its four addresses and what must be known to log in. */
export interface BiConnector {
  id: number
  clientId: string
  title: string
  logo: string
  description: string
  sort: number
  urlCheck: string
  urlData: string
  urlTableList: string
  urlTableDescription: string
  settings: ConnectorSetting[]
  supportMapping: boolean
  sourceCode: string
  createdAt: number
}

/** One connected system: a connector with values for its settings. */
export interface BiSource {
  id: number
  connectorId: number
  code: string
  title: string
  description: string
  active: boolean
  /** Value by the code of the connector's setting, and the number it is stored under. */
  settings: Map<string, { id: number, value: string }>
  createdAt: number
  updatedAt: number
  createdById: number
  updatedById: number
}

export type BiFieldType = 'int' | 'string' | 'double' | 'date' | 'datetime'

export interface BiField {
  id: number
  type: BiFieldType
  name: string
  externalCode: string
  visible: boolean
}

export interface BiDataset {
  id: number
  sourceId: number
  name: string
  description: string
  externalCode: string
  externalName: string
  externalId: number
  fields: BiField[]
  createdAt: number
  updatedAt: number
  createdById: number
  updatedById: number
}

export interface BiState {
  readonly connectors: Map<number, BiConnector>
  readonly sources: Map<number, BiSource>
  readonly datasets: Map<number, BiDataset>
}

export const createBiState = (): BiState => ({ connectors: new Map(), sources: new Map(), datasets: new Map() })
