/** What a person must be allowed to see of the vendor to be told. */
export type NoticeGroup = 'identity' | 'prices' | 'bank' | 'documents' | 'scores'
export type Severity = 'info' | 'warning' | 'critical'
/** Where a notice arrives; a trigger goes to the linked deals, always. */
export type NoticeChannel = 'bell' | 'todo' | 'task'

export interface NoticeText {
  /** What the kind is called in lists and settings. */
  readonly name: string
  readonly title: string
  readonly text: string
}

export interface NoticeKind {
  readonly group: NoticeGroup
  readonly severity: Severity
  /** Days before the date at which somebody is reminded, largest first; null: the notice follows an event, not a date. */
  readonly ladder: readonly number[] | null
  /** Passes quiet hours. */
  readonly isUrgent?: boolean
  /** The CRM trigger that is fired for the vendor's deals. */
  readonly trigger?: TriggerCode
  readonly channels?: readonly NoticeChannel[]
  /** Written into the timeline of the company and of the vendor's open deals: for what everybody who opens those may know. */
  readonly isOnTimeline?: boolean
  /** What its subject is called stands open to fewer people than the notice: the others read this instead. */
  readonly unnamed?: { readonly group: NoticeGroup, readonly fr: string, readonly en: string }
  readonly fr: NoticeText
  readonly en: NoticeText
}

/** Our triggers of the CRM automation; the portal's codes carry a prefix. */
export const triggerCodes = [
  'contract_ends', 'contract_changed', 'schedule_changed', 'payment_overdue', 'document_expired', 'score_below', 'status_changed',
] as const
export type TriggerCode = (typeof triggerCodes)[number]

const quarter = [90, 30, 7, 0] as const

/*
 * Every kind of notice, once. `{name}` is a value of the notice; `{vendor}` its vendor, `{when}` the time left until its
 * date ("dans 7 jours"), `{due}` the date itself.
 */
export const noticeKinds = {
  contract_notice: {
    group: 'documents', severity: 'warning', ladder: quarter, trigger: 'contract_ends',
    fr: { name: 'Préavis de contrat', title: '{vendor} : préavis {when}', text: 'Dernier jour pour dénoncer « {subject} » : {due}. Sans dénonciation, le contrat se poursuit.' },
    en: { name: 'Contract notice day', title: '{vendor}: notice {when}', text: 'Last day to give notice for “{subject}”: {due}. Without notice the contract goes on.' },
  },
  contract_end: {
    group: 'documents', severity: 'warning', ladder: quarter, trigger: 'contract_ends',
    fr: { name: 'Fin de contrat', title: '{vendor} : fin de contrat {when}', text: '« {subject} » prend fin le {due}.' },
    en: { name: 'Contract end', title: '{vendor}: contract ends {when}', text: '“{subject}” ends on {due}.' },
  },
  contract_renewal: {
    group: 'documents', severity: 'info', ladder: [30, 7], trigger: 'contract_ends',
    fr: { name: 'Tacite reconduction', title: '{vendor} : reconduction {when}', text: '« {subject} » est reconduit tacitement le {due}.' },
    en: { name: 'Tacit renewal', title: '{vendor}: renewal {when}', text: '“{subject}” renews by itself on {due}.' },
  },
  document_expiry: {
    group: 'documents', severity: 'warning', ladder: quarter,
    fr: { name: 'Expiration d’un document', title: '{vendor} : document à renouveler', text: '« {subject} » expire {when} ({due}).' },
    en: { name: 'Document expiry', title: '{vendor}: document to renew', text: '“{subject}” expires {when} ({due}).' },
  },
  document_expired: {
    group: 'documents', severity: 'critical', ladder: null, trigger: 'document_expired',
    fr: { name: 'Document expiré', title: '{vendor} : document expiré', text: '« {subject} » a expiré le {due}.' },
    en: { name: 'Document expired', title: '{vendor}: document expired', text: '“{subject}” expired on {due}.' },
  },
  document_requested: {
    group: 'documents', severity: 'info', ladder: null, channels: ['bell', 'todo'],
    fr: { name: 'Document à demander', title: '{vendor} : document à demander', text: 'Un processus demande : {subject}.' },
    en: { name: 'Document to request', title: '{vendor}: document to request', text: 'A workflow asks for: {subject}.' },
  },
  renewal_started: {
    group: 'documents', severity: 'warning', ladder: null, channels: ['bell', 'task'],
    fr: { name: 'Renouvellement à mener', title: '{vendor} : contrat à renouveler', text: 'Décider du renouvellement de « {subject} ». Échéance : {due}.' },
    en: { name: 'Renewal to conduct', title: '{vendor}: contract to renew', text: 'Decide on the renewal of “{subject}”. Deadline: {due}.' },
  },
  payment_due: {
    group: 'prices', severity: 'info', ladder: [7, 0],
    fr: { name: 'Échéance de paiement', title: '{vendor} : paiement {when}', text: '{subject} : {amount} à régler le {due}.' },
    en: { name: 'Payment due', title: '{vendor}: payment {when}', text: '{subject}: {amount} to be paid on {due}.' },
  },
  payment_overdue: {
    group: 'prices', severity: 'critical', ladder: null, trigger: 'payment_overdue',
    fr: { name: 'Paiement en retard', title: '{vendor} : paiement en retard', text: '{subject} : {amount}, échéance du {due} dépassée.' },
    en: { name: 'Payment overdue', title: '{vendor}: payment overdue', text: '{subject}: {amount}, was due on {due}.' },
  },
  payment_schedule_changed: {
    group: 'prices', severity: 'info', ladder: null, trigger: 'schedule_changed',
    fr: { name: 'Échéancier modifié', title: '{vendor} : échéancier modifié', text: '{subject} : les dates ou les montants à payer ont changé.' },
    en: { name: 'Payment schedule changed', title: '{vendor}: payment schedule changed', text: '{subject}: dates or amounts to pay have changed.' },
  },
  payment_run_approval: {
    group: 'bank', severity: 'warning', ladder: null, channels: ['bell', 'task'],
    fr: { name: 'Règlement à approuver', title: 'Règlement à approuver', text: '{subject} : {amount} attendent une deuxième personne.' },
    en: { name: 'Payment run to approve', title: 'Payment run to approve', text: '{subject}: {amount} waits for a second person.' },
  },
  contract_changed: {
    group: 'documents', severity: 'info', ladder: null, trigger: 'contract_changed',
    fr: { name: 'Contrat modifié', title: '{vendor} : contrat modifié', text: 'Les conditions de « {subject} » ont changé.' },
    en: { name: 'Contract changed', title: '{vendor}: contract changed', text: 'The terms of “{subject}” have changed.' },
  },
  status_changed: {
    group: 'identity', severity: 'info', ladder: null, trigger: 'status_changed', isOnTimeline: true,
    fr: { name: 'Statut modifié', title: '{vendor} : nouveau statut', text: 'Le fournisseur est maintenant « {status} ».' },
    en: { name: 'Status changed', title: '{vendor}: new status', text: 'The vendor is now “{status}”.' },
  },
  score_below: {
    group: 'scores', severity: 'warning', ladder: null, trigger: 'score_below',
    fr: { name: 'Note sous le seuil', title: '{vendor} : note sous le seuil', text: 'La note est de {score} ({standing}), sous le seuil de {threshold}.' },
    en: { name: 'Score below threshold', title: '{vendor}: score below threshold', text: 'The score is {score} ({standing}), below {threshold}.' },
  },
  change_proposed: {
    group: 'identity', severity: 'warning', ladder: null, channels: ['bell', 'task'],
    fr: { name: 'Modification à approuver', title: '{vendor} : modification à approuver', text: '{author} propose de modifier : {subject}. Une deuxième personne doit approuver.' },
    en: { name: 'Change to approve', title: '{vendor}: change to approve', text: '{author} proposes to change: {subject}. A second person must approve.' },
  },
  change_decided: {
    group: 'identity', severity: 'info', ladder: null,
    fr: { name: 'Modification décidée', title: '{vendor} : votre proposition', text: '{subject} : {decision}.' },
    en: { name: 'Change decided', title: '{vendor}: your proposal', text: '{subject}: {decision}.' },
  },
  price_deviation: {
    group: 'prices', severity: 'warning', ladder: null,
    fr: { name: 'Écart de prix', title: '{vendor} : écart de prix', text: '{subject} : facturé {actual} au lieu de {expected}.' },
    en: { name: 'Price deviation', title: '{vendor}: price deviation', text: '{subject}: invoiced {actual} instead of {expected}.' },
  },
  invoice_mismatch: {
    group: 'prices', severity: 'warning', ladder: null,
    fr: { name: 'Facture à rapprocher', title: '{vendor} : facture à vérifier', text: '{subject} ne correspond pas à la commande ou à la réception.' },
    en: { name: 'Invoice to match', title: '{vendor}: invoice to check', text: '{subject} does not match the order or the receipt.' },
  },
  invoice_iban: {
    group: 'bank', severity: 'critical', ladder: null,
    fr: { name: 'Compte bancaire différent', title: '{vendor} : autre compte bancaire', text: '{subject} demande un paiement sur un autre compte que celui qui est approuvé. À vérifier auprès du fournisseur avant tout règlement.' },
    en: { name: 'Different bank account', title: '{vendor}: another bank account', text: '{subject} asks to be paid to another account than the approved one. Ask the vendor before anything is paid.' },
  },
  receipt_late: {
    group: 'identity', severity: 'warning', ladder: null,
    unnamed: { group: 'prices', fr: 'Une commande', en: 'An order' },
    fr: { name: 'Livraison en retard', title: '{vendor} : livraison en retard', text: '{subject} : promise pour le {due}, pas encore reçue.' },
    en: { name: 'Delivery late', title: '{vendor}: delivery late', text: '{subject}: promised for {due}, not received yet.' },
  },
  score_standing_changed: {
    group: 'scores', severity: 'warning', ladder: null, trigger: 'score_below',
    fr: { name: 'Niveau d’évaluation en baisse', title: '{vendor} : « {standing} »', text: 'L’évaluation passe de « {before} » ({scoreBefore}) à « {standing} » ({score}).' },
    en: { name: 'Standing has fallen', title: '{vendor}: “{standing}”', text: 'The evaluation goes from “{before}” ({scoreBefore}) to “{standing}” ({score}).' },
  },
  score_standing_improved: {
    group: 'scores', severity: 'info', ladder: null,
    fr: { name: 'Niveau d’évaluation en hausse', title: '{vendor} : « {standing} »', text: 'L’évaluation passe de « {before} » ({scoreBefore}) à « {standing} » ({score}).' },
    en: { name: 'Standing has risen', title: '{vendor}: “{standing}”', text: 'The evaluation goes from “{before}” ({scoreBefore}) to “{standing}” ({score}).' },
  },
  score_dropped: {
    group: 'scores', severity: 'warning', ladder: null, trigger: 'score_below',
    fr: { name: 'Note en forte baisse', title: '{vendor} : note en forte baisse', text: 'La note passe de {scoreBefore} à {score} ({standing}).' },
    en: { name: 'Score has dropped', title: '{vendor}: score has dropped', text: 'The score goes from {scoreBefore} to {score} ({standing}).' },
  },
  fraud_suspected: {
    group: 'scores', severity: 'critical', ladder: null, isUrgent: true,
    fr: { name: 'Fraude présumée', title: '{vendor} : fraude présumée', text: '{reason} Le niveau d’évaluation est plafonné jusqu’à la levée de l’alerte.' },
    en: { name: 'Suspected fraud', title: '{vendor}: suspected fraud', text: '{reason} The standing is capped until the alert is cleared.' },
  },
  score_comment: {
    group: 'scores', severity: 'info', ladder: null,
    fr: { name: 'Commentaire sur une note', title: '{vendor} : commentaire sur la note', text: '{author} : « {text} »' },
    en: { name: 'Comment on a score', title: '{vendor}: comment on the score', text: '{author}: “{text}”' },
  },
  report_ready: {
    group: 'identity', severity: 'info', ladder: null,
    fr: { name: 'Rapport prêt', title: 'Rapport prêt : {subject}', text: 'Le rapport du {day} peut être ouvert.' },
    en: { name: 'Report ready', title: 'Report ready: {subject}', text: 'The report of {day} can be opened.' },
  },
  report_failed: {
    group: 'identity', severity: 'warning', ladder: null,
    fr: { name: 'Rapport en échec', title: 'Rapport en échec : {subject}', text: 'Le rapport n’a pas pu être produit. Ouvrez-le pour voir pourquoi.' },
    en: { name: 'Report failed', title: 'Report failed: {subject}', text: 'The report could not be made. Open it to see why.' },
  },
  source_failed: {
    group: 'identity', severity: 'warning', ladder: null,
    fr: { name: 'Source de données en échec', title: 'Source en échec : {subject}', text: '{reason} Dernière lecture réussie : {day}.' },
    en: { name: 'Data source fails', title: 'Source fails: {subject}', text: '{reason} Last successful reading: {day}.' },
  },
  counts_differ: {
    group: 'identity', severity: 'warning', ladder: null,
    fr: { name: 'Écart avec le portail', title: 'Écart entre le portail et Comptoir', text: 'Deux vérifications de suite ont compté différemment (portail / Comptoir) : {lists}. Les chiffres peuvent s’en ressentir : ouvrez la synchronisation.' },
    en: { name: 'Counts differ from the portal', title: 'The portal and Comptoir count differently', text: 'Two checks on end counted differently (portal / Comptoir): {lists}. Figures may be off: open the synchronisation.' },
  },
  watch_threshold: {
    group: 'identity', severity: 'warning', ladder: null,
    fr: { name: 'Seuil franchi', title: '{subject} : seuil franchi', text: '{value} pour {period} (seuil : {threshold}).' },
    en: { name: 'Threshold crossed', title: '{subject}: threshold crossed', text: '{value} for {period} (threshold: {threshold}).' },
  },
  watch_change: {
    group: 'identity', severity: 'warning', ladder: null,
    fr: { name: 'Variation inhabituelle', title: '{subject} : {change}', text: '{value} pour {period}, contre {previous} avant.' },
    en: { name: 'Marked change', title: '{subject}: {change}', text: '{value} for {period}, {previous} before.' },
  },
  watch_band: {
    group: 'identity', severity: 'warning', ladder: null,
    fr: { name: 'Hors de la fourchette attendue', title: '{subject} : valeur inattendue', text: '{value} pour {period} ; attendu entre {low} et {high}.' },
    en: { name: 'Outside the expected band', title: '{subject}: unexpected value', text: '{value} for {period}; expected between {low} and {high}.' },
  },
  watch_target: {
    group: 'identity', severity: 'warning', ladder: null,
    fr: { name: 'Objectif menacé', title: '{subject} : objectif menacé', text: 'Prévision : {value} pour un objectif de {threshold} ({period}).' },
    en: { name: 'Target at risk', title: '{subject}: target at risk', text: 'Forecast: {value} for a target of {threshold} ({period}).' },
  },
  watch_quality: {
    group: 'identity', severity: 'warning', ladder: null,
    fr: { name: 'Qualité des données', title: 'Qualité des données : {subject}', text: '{value} ; le seuil choisi est de {threshold}.' },
    en: { name: 'Data quality', title: 'Data quality: {subject}', text: '{value}; the chosen threshold is {threshold}.' },
  },
  decision_made: {
    group: 'identity', severity: 'info', ladder: null,
    fr: { name: 'Décision automatique', title: 'Décision : {subject}', text: '{record} {text}' },
    en: { name: 'Automatic decision', title: 'Decision: {subject}', text: '{record} {text}' },
  },
  decision_waits: {
    group: 'identity', severity: 'warning', ladder: null, channels: ['bell', 'task'],
    fr: { name: 'Décision à approuver', title: 'Décision à approuver : {subject}', text: '{record} {text} Rien n’est fait avant votre accord.' },
    en: { name: 'Decision to approve', title: 'Decision to approve: {subject}', text: '{record} {text} Nothing is done before you agree.' },
  },
  decision_trouble: {
    group: 'identity', severity: 'warning', ladder: null,
    fr: { name: 'Règle de décision en difficulté', title: 'Règle en difficulté : {subject}', text: '{text}' },
    en: { name: 'Decision rule in trouble', title: 'Rule in trouble: {subject}', text: '{text}' },
  },
  digest: {
    group: 'identity', severity: 'info', ladder: null,
    fr: { name: 'Récapitulatif', title: 'Votre récapitulatif Comptoir', text: '{lines}' },
    en: { name: 'Digest', title: 'Your Comptoir digest', text: '{lines}' },
  },
} as const satisfies Record<string, NoticeKind>

export type NoticeKindId = keyof typeof noticeKinds

export const noticeKindIds = Object.keys(noticeKinds) as readonly NoticeKindId[]

export const isNoticeKind = (value: string): value is NoticeKindId => Object.hasOwn(noticeKinds, value)

/** The entry under its wide type: optional parts may be asked for. */
export const noticeKind = (kind: NoticeKindId): NoticeKind => noticeKinds[kind]
