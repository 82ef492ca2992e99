import type { ActionId } from '@comptoir/shared/actions/definitions'
import type { Instructions } from './instructions.ts'

export const instructions: Readonly<Record<ActionId, Instructions>> = {
  'vendor-management': {
    summary: 'L’action trouve le fournisseur d’une affaire ou d’une entreprise, l’évalue, contrôle ses documents, change son statut, le lie à l’affaire, prévoit un paiement ou lance un renouvellement, puis rend le résultat au processus.',
    sections: [
      {
        id: 'process',
        title: 'Ajouter l’action à un processus',
        intro: 'L’action se place dans un processus d’affaires ou d’entreprises, ou parmi les règles d’automatisation d’une étape.',
        steps: [
          { text: 'Dans le catalogue de Comptoir, vérifiez que l’action est installée. Sinon, un administrateur clique sur « Installer ».' },
          {
            text: 'Ouvrez les processus du CRM, puis créez un modèle ou ouvrez-en un. Dans la liste des actions d’applications, choisissez « Gestion des fournisseurs » et placez-la là où son résultat doit servir.',
            picture: 'vendor-designer', pictureText: 'Le concepteur de processus avec l’action « Gestion des fournisseurs »',
          },
          {
            text: 'Dans les réglages, choisissez l’opération : total des dépenses, changement de statut, évaluation, contrôle de conformité, liaison à l’affaire, paiement à prévoir, demande de document ou renouvellement de contrat.',
            picture: 'vendor-settings', pictureText: 'La page de réglages de l’action avec son aperçu en direct',
          },
          { text: 'Indiquez le fournisseur : celui de l’enregistrement (son entreprise), un fournisseur choisi une fois pour toutes, ou une expression qui donne le numéro de l’entreprise ou le code du fournisseur.' },
          { text: 'Avec « Agit avec les droits de », nommez une personne : l’action ne fera que ce que cette personne peut faire. Sans personne, elle agit avec les droits de Comptoir.' },
          { text: 'Choisissez un enregistrement dans l’aperçu : le résultat s’affiche tout de suite. Le bouton « Tester » montre ce qui serait écrit, sans rien modifier.' },
          { text: 'Enregistrez l’action dans le concepteur, puis le modèle. Sans cela, vos réglages ne sont pas conservés.' },
        ],
        note: 'Une règle d’automatisation fonctionne sur les affaires et les processus intelligents. Pour une entreprise, utilisez un processus.',
      },
      {
        id: 'data',
        title: 'Réunir les données des fournisseurs',
        intro: 'Un fournisseur est une entreprise de votre CRM : ses coordonnées y restent, Comptoir y ajoute ses achats, son statut et ses identifiants.',
        steps: [
          {
            text: 'Importez vos achats depuis un fichier CSV ou Excel : séparateur, encodage, dates et montants sont reconnus. Une simulation montre ce qui sera écrit avant que vous confirmiez.',
            picture: 'vendor-import', pictureText: 'La simulation d’un import avant confirmation',
          },
          { text: 'Ou saisissez un fournisseur à la main, depuis l’annuaire ou depuis l’onglet « Fournisseur » d’une fiche entreprise.' },
          { text: 'Complétez le code, le SIREN, le numéro de TVA, l’IBAN, la catégorie et le délai de paiement. Les identifiants sont contrôlés pendant la saisie.' },
          {
            text: 'Reliez chaque fournisseur importé à son entreprise du CRM : c’est ce lien qui permet à l’action de le trouver à partir d’une affaire.',
            picture: 'vendor-directory', pictureText: 'L’annuaire des fournisseurs avec ses filtres',
          },
        ],
        note: 'Dans « Droits d’accès », un administrateur donne les rôles (lecture, modification, approbation, gestion) par fournisseur, par catégorie ou pour tous, à des personnes, à des services ou à leurs chefs, et ouvre ou ferme les prix, les coordonnées bancaires, les documents et les notes.',
      },
      {
        id: 'relations',
        title: 'Suivre la relation',
        intro: 'Le statut d’un fournisseur dit où en est la relation : prospect, en cours d’intégration, actif, suspendu ou résilié.',
        steps: [
          { text: 'Changez le statut depuis la fiche entreprise, ou laissez un processus le faire avec l’opération « Changement de statut ».' },
          { text: 'Donnez un motif pour suspendre, résilier ou reprendre un fournisseur : il est demandé et reste dans l’historique.' },
          { text: 'Dans l’historique de la fiche, relisez qui a changé quoi et quand. Un changement venu d’un processus y porte la mention de l’action.' },
          { text: 'Servez-vous de la valeur « Statut du fournisseur » rendue par l’action dans une condition, par exemple pour bloquer une commande chez un fournisseur suspendu.' },
        ],
        note: 'Les contrats, les documents et les paiements ont leurs onglets dans la fiche du fournisseur. « Échéances » et « Alertes » rappellent ce qui approche, « Paiements » prépare les virements, approuvés par une deuxième personne, « Comptabilité » exporte le journal d’achats.',
      },
      {
        id: 'purchasing',
        title: 'Optimiser les achats',
        intro: 'Les dépenses sont suivies par fournisseur et par mois, dans la devise du portail.',
        steps: [
          {
            text: 'Ouvrez l’onglet « Fournisseurs » d’une affaire : vous y voyez les coûts prévus et réels, et la marge qui reste.',
            picture: 'vendor-deal', pictureText: 'L’onglet « Fournisseurs » d’une affaire avec sa marge',
          },
          { text: 'Dans l’annuaire, triez par dépenses pour repérer les fournisseurs qui pèsent le plus, ou par dernier achat pour retrouver ceux que vous n’utilisez plus.' },
          { text: 'Utilisez l’opération « Total des dépenses » sur une période : elle rend le total, le nombre d’achats et la part de vos dépenses. Comparez cette part à un seuil dans une condition.' },
          { text: 'Vérifiez les achats sans taux de change : ils sont comptés à part et jamais ajoutés au total en silence.' },
        ],
        note: 'Un fournisseur sans achat ne vaut pas zéro : l’action rend alors le verdict « no_data ».',
      },
      {
        id: 'integration',
        title: 'Relier l’action à vos processus',
        intro: 'L’action attend son résultat : les étapes suivantes peuvent s’en servir aussitôt.',
        steps: [
          { text: 'Insérez les valeurs rendues dans la suite du processus. Dans l’aperçu, le bouton de copie à côté de chaque valeur donne son nom exact.' },
          { text: 'Branchez une condition sur « Réussi » et « Verdict » : ces deux valeurs sont rendues dans tous les cas, même en cas d’échec.' },
          { text: 'Lancez le processus automatiquement à la création ou à la modification d’une affaire, ou placez l’action sur une étape du pipeline.' },
          {
            text: 'Après un passage, ouvrez « Exécutions » : vous y lisez les valeurs reçues, le résultat, la durée et, en cas d’échec, ce qu’il faut faire. Un administrateur peut relancer une exécution.',
            picture: 'vendor-run', pictureText: 'Le détail d’une exécution',
          },
        ],
        note: 'Comptoir ajoute aussi des déclencheurs au CRM : fin de contrat proche, conditions modifiées, échéancier modifié, paiement en retard, document expiré, note sous le seuil, statut modifié. Ils agissent sur les affaires liées au fournisseur.',
      },
    ],
  },
  'business-analytics': {
    summary: 'L’action mesure, compare, prévoit, cherche l’anomalie, contrôle les données ou remet un rapport, puis rend les chiffres et le verdict au processus.',
    sections: [
      {
        id: 'process',
        title: 'Ajouter l’action à un processus',
        intro: 'Placez l’action avant la condition qui doit s’appuyer sur un chiffre.',
        steps: [
          { text: 'Dans le catalogue de Comptoir, vérifiez que l’action est installée. Sinon, un administrateur clique sur « Installer ».' },
          {
            text: 'Ouvrez les processus du CRM, puis créez un modèle ou ouvrez-en un. Dans la liste des actions d’applications, choisissez « Analyse commerciale ».',
            picture: 'analytics-designer', pictureText: 'Le concepteur de processus avec l’action « Analyse commerciale »',
          },
          {
            text: 'Choisissez l’opération : indicateur et seuil, comparaison, prévision, scénario, anomalie, rapport, qualité des données ou segment. Réglez-la : l’aperçu calcule le résultat d’aujourd’hui.',
            picture: 'analytics-settings', pictureText: 'La page de réglages de l’action avec son aperçu en direct',
          },
          { text: 'Au besoin, limitez la mesure à un pipeline ou à certains responsables. Avec « Agit avec les droits de », le chiffre est celui que voit la personne nommée ; sans personne, il porte sur tout ce que Comptoir a lu.' },
          { text: 'Choisissez un enregistrement dans l’aperçu : ses champs remplacent les expressions. Le bouton « Tester » montre les valeurs rendues, sans rien modifier.' },
          { text: 'Enregistrez l’action dans le concepteur, puis le modèle. Sans cela, vos réglages ne sont pas conservés.' },
        ],
      },
      {
        id: 'sources',
        title: 'Relier les sources de données',
        intro: 'Les chiffres viennent de votre CRM, de vos achats et des sources que vous y reliez.',
        steps: [
          { text: 'À l’installation, Comptoir lit les affaires, les prospects, les entreprises, les contacts, les factures, les produits, les activités et l’historique des étapes. Ensuite, chaque changement du CRM est repris au fil de l’eau ; la page « Synchronisation » dit où en est la lecture et permet de la relancer.' },
          { text: 'Les achats entrent par l’import d’un fichier CSV ou Excel, par les factures et par la saisie sur une affaire.' },
          { text: 'Dans « Sources externes », un administrateur relie un fichier, une adresse HTTPS ou un webhook : dépenses publicitaires ou écritures comptables arrivent alors d’elles-mêmes, au rythme choisi.' },
          { text: 'Les montants sont convertis dans la devise du portail, avec ses taux. Ce qui n’a pas de taux est signalé à côté du chiffre.' },
          { text: 'Avant de vous fier à un chiffre, utilisez l’opération « Qualité des données » : elle rend les valeurs « Enregistrements en défaut » et « Enregistrements examinés », et « Seuil atteint » quand la part tolérée est dépassée. La page « Qualité des données » montre la liste à corriger.' },
        ],
        note: 'Une plateforme de marketing se relie par ce qu’elle sait livrer : un export en fichier, une adresse ou un envoi au webhook.',
      },
      {
        id: 'reports',
        title: 'Créer des rapports et des tableaux de bord',
        intro: 'La page « Tableau de bord », dans « Analyses », montre les mêmes indicateurs que l’action, calculés de la même façon.',
        steps: [
          {
            text: 'Ouvrez Comptoir dans le menu Analyses du CRM : chiffre d’affaires gagné, taux de réussite, cycle de vente, pipeline ouvert et dépenses.',
            picture: 'analytics-dashboard', pictureText: 'Le tableau de bord avec ses indicateurs',
          },
          { text: 'À côté de chaque chiffre, l’aide dit ce qui est compté, quand et dans quelle devise.' },
          { text: 'Chaque graphique se lit aussi sous forme de tableau, et ses points mènent aux enregistrements.' },
          { text: 'Dans « Tableaux personnalisés », composez les vôtres : partez d’un modèle, prenez un chiffre dans la galerie ou posez une question en toutes lettres, puis partagez le tableau.' },
          { text: 'Dans « Rapports planifiés », choisissez le rythme, l’heure et les destinataires : chacun reçoit en PDF, Excel ou CSV ce que ses droits lui montrent. L’opération « Envoi d’un rapport » de l’action fait partir un tel rapport depuis un processus.' },
        ],
        note: 'Dans « Surveillances », faites-vous prévenir dès qu’un chiffre passe un seuil, varie trop ou sort de la fourchette attendue.',
      },
      {
        id: 'decisions',
        title: 'Analyser et décider',
        intro: 'Un seuil transforme un chiffre en décision : atteint ou non atteint.',
        steps: [
          { text: 'Choisissez une période comparable. Une période en cours est comparée à la même partie de la précédente : trois semaines ne sont jamais opposées à un mois entier.' },
          { text: 'Lisez « Évolution (%) » avec « Valeur » et « Valeur précédente » : un pourcentage seul trompe quand les nombres sont petits.' },
          { text: 'Prévoyez le verdict « no_data » : une période sans affaire n’est pas un zéro, et le processus doit savoir qu’en faire.' },
          { text: 'Pour une prévision, lisez « Borne basse », « Borne haute » et « Erreur passée ». Un objectif placé entre les bornes donne le verdict « uncertain » ; trop peu d’historique donne « refused », jamais un chiffre inventé.' },
          { text: 'Pour une anomalie, le verdict « above » ou « below » compare le dernier mois entier à ce que les mois précédents laissaient attendre.' },
          { text: 'Pour traiter à part certains enregistrements, décrivez-les dans « Segments », puis utilisez l’opération « Appartenance à un segment » : « Dans le segment » vaut oui ou non pour l’affaire du processus, ou pour le fournisseur de son entreprise.' },
          { text: 'Essayez plusieurs réglages dans l’aperçu avant d’enregistrer : le résultat change aussitôt.' },
        ],
        note: 'Dans « Prévisions », chaque prévision montre son erreur passée ; dans « Scénarios », des leviers recalculent le résultat ; « Clients et conversion » suit la fidélité et les étapes.',
      },
      {
        id: 'integration',
        title: 'Relier l’analyse à vos processus',
        intro: 'Le processus reçoit des valeurs typées, prêtes pour une condition, une tâche ou un message.',
        steps: [
          {
            text: 'Après l’action, ajoutez une condition sur « Seuil atteint ». La branche « oui » peut prévenir un responsable, créer une tâche ou changer une étape.',
            picture: 'analytics-condition', pictureText: 'Une condition qui s’appuie sur « Seuil atteint »',
          },
          { text: 'Sans dessiner de processus, réglez une règle dans « Décisions » : elle analyse vos données quand une affaire change d’étape ou de montant, quand une source est actualisée, ou à date fixe. Elle peut alors prévenir, créer une tâche, changer l’étape de l’affaire ou le statut d’un fournisseur, activer un déclencheur du CRM ou lancer un processus.' },
          { text: 'Fixez les garde-fous de la règle : décisions par jour, repos par enregistrement, accord d’une personne. L’essai sur les 30 derniers jours dit ce qu’elle aurait décidé ; le journal garde les chiffres de chaque décision et permet d’annuler un changement d’étape ou de statut.' },
          { text: 'Mettez le « Message » rendu par l’action dans la notification : il dit l’indicateur, sa valeur et le seuil en une phrase.' },
          { text: 'Un seuil peut venir d’une variable ou d’un champ de l’affaire : passez le réglage en expression et insérez la valeur.' },
          {
            text: 'Dans « Exécutions », contrôlez ce que l’action a reçu et rendu. Un administrateur peut relancer une exécution.',
            picture: 'analytics-run', pictureText: 'Le détail d’une exécution',
          },
        ],
      },
    ],
  },
}
