/** What the processes say, in the portal's language: people read it there, not in our pages. */
const fr = {
  renewal: {
    name: 'Comptoir : renouvellement d’un contrat',
    description: 'Lance le renouvellement du contrat du fournisseur, puis confie la négociation par une tâche.',
    start: 'Lancer le renouvellement', isStarted: 'Un contrat est à renouveler ?', yes: 'Contrat trouvé', no: 'Rien à renouveler',
    task: 'Confier la négociation', taskTitle: (contract: string) => `Renouveler ${contract}`, tellNone: 'Prévenir : rien à renouveler',
  },
  onboarding: {
    name: 'Comptoir : intégration d’un fournisseur',
    description: 'Passe le fournisseur en intégration, contrôle ses documents, demande ceux qui manquent ou l’active.',
    status: 'Passer en intégration', check: 'Contrôler les documents', isMissing: 'Des documents manquent ?', yes: 'Documents manquants', no: 'Dossier complet',
    request: 'Demander les documents', task: 'Suivre le dossier', taskTitle: (vendor: string) => `Réunir les documents de ${vendor}`,
    activate: 'Activer le fournisseur', reasonNew: 'Nouveau fournisseur', reasonComplete: 'Dossier complet', tellActive: 'Prévenir : fournisseur actif',
  },
  bank: {
    name: 'Comptoir : changement de coordonnées bancaires',
    description: 'Demande le nouveau RIB, fait rappeler le fournisseur à un numéro déjà connu, puis renvoie vers l’approbation à deux personnes.',
    check: 'Contrôler les documents', document: 'RIB', request: 'Demander le RIB', task: 'Vérifier par téléphone',
    taskTitle: (vendor: string) => `Vérifier le nouveau RIB de ${vendor}`,
    taskText: 'Rappelez le fournisseur à un numéro que vous connaissiez déjà, jamais à celui du courrier. Saisissez ensuite le nouvel IBAN dans Comptoir : une autre personne devra l’approuver.',
    tell: 'Prévenir : vérification en cours',
  },
  score: {
    name: 'Comptoir : note en baisse',
    description: 'Évalue le fournisseur ; sous le seuil choisi au lancement, une tâche demande un plan d’action.',
    threshold: 'Note minimale', evaluate: 'Évaluer le fournisseur', isBelow: 'Note sous le seuil ?', yes: 'Sous le seuil', no: 'Au-dessus, ou sans note',
    task: 'Demander un plan d’action', taskTitle: (vendor: string, score: string) => `Plan d’action avec ${vendor} (note : ${score})`, tellFine: 'Prévenir : rien à faire',
  },
  late: {
    name: 'Comptoir : livraison en retard',
    description: 'Demande par écrit la nouvelle date au fournisseur ; selon sa note, une tâche suit la livraison ou prépare une autre source.',
    threshold: 'Note d’un fournisseur fiable', evaluate: 'Évaluer le fournisseur', request: 'Demander la nouvelle date', document: 'Nouvelle date de livraison, par écrit',
    isReliable: 'Fournisseur fiable ?', yes: 'Fiable', no: 'Peu fiable, ou sans note',
    follow: 'Suivre la livraison', followTitle: (vendor: string) => `Suivre la livraison de ${vendor}`,
    replace: 'Préparer une autre source', replaceTitle: (vendor: string) => `Trouver une autre source que ${vendor}`,
    replaceText: 'La livraison est en retard et la note du fournisseur ne permet pas d’attendre. Comparez les offres dans Comptoir, onglet Achats.',
    tell: 'Prévenir : demande envoyée',
  },
  weekly: {
    name: 'Comptoir : point de la semaine',
    description: 'Compare les sept derniers jours aux sept précédents (chiffre d’affaires gagné, nouvelles affaires, dépenses) et l’envoie en un message.',
    compare: { revenue_won: 'Comparer le chiffre d’affaires gagné', new_deals_value: 'Comparer les nouvelles affaires', spend_total: 'Comparer les dépenses' },
    intro: 'Les sept derniers jours, comparés aux sept précédents :', tell: 'Envoyer le point',
  },
}

const en: typeof fr = {
  renewal: {
    name: 'Comptoir: renewal of a contract',
    description: 'Starts the renewal of the vendor’s contract, then hands the negotiation over as a task.',
    start: 'Start the renewal', isStarted: 'Is there a contract to renew?', yes: 'Contract found', no: 'Nothing to renew',
    task: 'Hand over the negotiation', taskTitle: contract => `Renew ${contract}`, tellNone: 'Tell: nothing to renew',
  },
  onboarding: {
    name: 'Comptoir: onboarding of a vendor',
    description: 'Moves the vendor to onboarding, checks its documents, requests what is missing or makes it active.',
    status: 'Move to onboarding', check: 'Check the documents', isMissing: 'Are documents missing?', yes: 'Documents missing', no: 'File complete',
    request: 'Request the documents', task: 'Follow the file', taskTitle: vendor => `Collect the documents of ${vendor}`,
    activate: 'Make the vendor active', reasonNew: 'New vendor', reasonComplete: 'File complete', tellActive: 'Tell: vendor active',
  },
  bank: {
    name: 'Comptoir: change of bank details',
    description: 'Requests the new bank details, has the vendor called back on a number already known, then leads to the approval by two people.',
    check: 'Check the documents', document: 'Bank details', request: 'Request the bank details', task: 'Verify by phone',
    taskTitle: vendor => `Verify the new bank details of ${vendor}`,
    taskText: 'Call the vendor back on a number that you knew before, never on the one in the letter. Then enter the new IBAN in Comptoir: another person has to approve it.',
    tell: 'Tell: verification in progress',
  },
  score: {
    name: 'Comptoir: falling score',
    description: 'Evaluates the vendor; below the threshold chosen at the start, a task asks for an action plan.',
    threshold: 'Lowest score', evaluate: 'Evaluate the vendor', isBelow: 'Score below the threshold?', yes: 'Below the threshold', no: 'Above, or without score',
    task: 'Ask for an action plan', taskTitle: (vendor, score) => `Action plan with ${vendor} (score: ${score})`, tellFine: 'Tell: nothing to do',
  },
  late: {
    name: 'Comptoir: late delivery',
    description: 'Asks the vendor for the new date in writing; its score decides whether a task follows the delivery or prepares another source.',
    threshold: 'Score of a reliable vendor', evaluate: 'Evaluate the vendor', request: 'Ask for the new date', document: 'New delivery date, in writing',
    isReliable: 'Is the vendor reliable?', yes: 'Reliable', no: 'Not reliable, or without score',
    follow: 'Follow the delivery', followTitle: vendor => `Follow the delivery of ${vendor}`,
    replace: 'Prepare another source', replaceTitle: vendor => `Find another source than ${vendor}`,
    replaceText: 'The delivery is late and the vendor’s score does not allow waiting. Compare the offers in Comptoir, tab Purchasing.',
    tell: 'Tell: request sent',
  },
  weekly: {
    name: 'Comptoir: weekly review',
    description: 'Compares the last seven days with the seven before (revenue won, new deals, spend) and sends it as one message.',
    compare: { revenue_won: 'Compare the revenue won', new_deals_value: 'Compare the new deals', spend_total: 'Compare the spend' },
    intro: 'The last seven days, compared with the seven before:', tell: 'Send the review',
  },
}

export const processWords = { fr, en } as const
