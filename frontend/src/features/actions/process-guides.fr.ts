import type { ProcessId } from '@comptoir/shared/processes/process.contract'
import type { InstructionStep } from './instructions.ts'
import type { ProcessGuide } from './process-guides.ts'

const open: InstructionStep = {
  text: 'Ouvrez les processus du CRM et créez un modèle pour les entreprises. Dans la liste des actions d’applications, prenez « Gestion des fournisseurs ».',
  picture: 'vendor-designer', pictureText: 'Le concepteur de processus avec l’action « Gestion des fournisseurs »',
}
const save: InstructionStep = { text: 'Enregistrez le modèle, puis lancez-le sur la fiche d’un fournisseur pour l’essayer.' }
const settings = { picture: 'vendor-settings', pictureText: 'La page de réglages de l’action avec son aperçu en direct' }

export const guides: Readonly<Record<ProcessId, ProcessGuide>> = {
  'renewal': {
    steps: [
      open,
      { text: 'Réglez l’opération « Renouvellement de contrat » et le fournisseur de l’enregistrement.', ...settings },
      { text: 'Ajoutez une condition : « Verdict » est égal à « started ».' },
      { text: 'Dans la branche vraie, créez une tâche dont le titre contient la valeur « Contrat » et la description la valeur « Message » de l’action.' },
      { text: 'Dans l’autre branche, envoyez un message avec la valeur « Message » : il dit pourquoi rien n’est à renouveler.' },
      save,
    ],
    start: 'À lancer depuis la fiche du fournisseur, ou par le déclencheur « Comptoir : un contrat arrive à échéance » dans les étapes de vos affaires.',
  },
  'onboarding': {
    steps: [
      open,
      { text: 'Réglez l’opération « Changement de statut » : statut « En intégration », motif « Nouveau fournisseur ».', ...settings },
      { text: 'Ajoutez la même action avec l’opération « Contrôle de conformité ».' },
      { text: 'Ajoutez une condition : « Documents manquants » n’est pas vide.' },
      { text: 'Dans la branche vraie, ajoutez l’opération « Demande de document » avec la valeur « Documents manquants », puis une tâche pour suivre le dossier.' },
      { text: 'Dans l’autre branche, ajoutez l’opération « Changement de statut » : statut « Actif », motif « Dossier complet », puis un message.' },
      save,
    ],
    start: 'À lancer sur la fiche d’une entreprise qui vient d’être ajoutée, ou automatiquement à sa création : c’est un réglage du modèle.',
  },
  'bank-change': {
    steps: [
      open,
      { text: 'Réglez l’opération « Contrôle de conformité » : ses valeurs donnent le nom du fournisseur et l’état de son dossier.', ...settings },
      { text: 'Ajoutez la même action avec l’opération « Demande de document » et le document « RIB ».' },
      { text: 'Créez une tâche : rappeler le fournisseur à un numéro déjà connu, jamais à celui du courrier, puis saisir le nouvel IBAN dans Comptoir.' },
      { text: 'Envoyez un message avec la valeur « Message » de la demande de document.' },
      save,
    ],
    start: 'À lancer dès qu’un fournisseur annonce un nouveau compte. Le nouvel IBAN n’est utilisé qu’après l’approbation d’une deuxième personne dans Comptoir.',
  },
  'score-drop': {
    steps: [
      open,
      { text: 'Dans les paramètres du modèle, ajoutez un nombre entier « threshold », obligatoire, avec la valeur 60.' },
      { text: 'Réglez l’opération « Évaluation » et le fournisseur de l’enregistrement.', ...settings },
      { text: 'Ajoutez une condition : « Note » est inférieure au paramètre « threshold ».' },
      { text: 'Dans la branche vraie, créez une tâche : demander un plan d’action, avec la valeur « Message » en description.' },
      { text: 'Dans l’autre branche, envoyez un message. Un fournisseur sans note suit cette branche : l’absence de note n’est pas une mauvaise note.' },
      save,
    ],
    start: 'À lancer depuis la fiche du fournisseur, ou par le déclencheur « Comptoir : une note passe sous le seuil » dans les étapes de vos affaires.',
  },
  'late-delivery': {
    steps: [
      open,
      { text: 'Dans les paramètres du modèle, ajoutez un nombre entier « threshold », obligatoire, avec la valeur 60.' },
      { text: 'Réglez l’opération « Évaluation » et le fournisseur de l’enregistrement.', ...settings },
      { text: 'Ajoutez la même action avec l’opération « Demande de document » et le document « Nouvelle date de livraison, par écrit ».' },
      { text: 'Ajoutez une condition : « Note » est supérieure ou égale au paramètre « threshold ».' },
      { text: 'Dans la branche vraie, créez une tâche qui suit la livraison ; dans l’autre, une tâche qui prépare une autre source, avec la valeur « Message » en description.' },
      { text: 'Après la condition, envoyez un message avec la valeur « Message » de la demande de document.' },
      save,
    ],
    start: 'À lancer depuis la fiche du fournisseur quand une date promise est passée. Un fournisseur sans note est suivi comme un fournisseur peu fiable.',
  },
  'weekly-review': {
    steps: [
      { text: 'Ouvrez les processus du CRM et créez un modèle pour les entreprises. Dans la liste des actions d’applications, prenez « Analyse commerciale ».', picture: 'analytics-designer', pictureText: 'Le concepteur de processus avec l’action « Analyse commerciale »' },
      { text: 'Réglez l’opération « Comparaison de périodes » : indicateur « Chiffre d’affaires gagné », période « 7 derniers jours », comparée à la période précédente.', picture: 'analytics-settings', pictureText: 'La page de réglages de l’action avec son aperçu en direct' },
      { text: 'Ajoutez la même action pour « Montant des nouvelles affaires » et pour « Dépenses totales ».' },
      { text: 'Envoyez un message qui réunit les valeurs « Message » des trois actions et la valeur « Lien » de la première.' },
      { text: 'Enregistrez le modèle, puis lancez-le pour l’essayer.' },
    ],
    start: 'À lancer sur une entreprise quelconque, par exemple la vôtre : les chiffres sont ceux de toute l’équipe. Pour un envoi sans y penser, planifiez un rapport dans Analyses.',
  },
}
