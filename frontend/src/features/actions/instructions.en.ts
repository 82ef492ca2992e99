import type { ActionId } from '@comptoir/shared/actions/definitions'
import type { Instructions } from './instructions.ts'

export const instructions: Readonly<Record<ActionId, Instructions>> = {
  'vendor-management': {
    summary: 'The action finds the vendor of a deal or a company, evaluates it, checks its documents, changes its status, links it to the deal, schedules a payment or starts a renewal, and hands the result to the workflow.',
    sections: [
      {
        id: 'process',
        title: 'Add the action to a workflow',
        intro: 'The action goes into a workflow of deals or companies, or among the automation rules of a stage.',
        steps: [
          { text: 'In the catalogue of Comptoir, check that the action is installed. If it is not, an administrator clicks “Install”.' },
          {
            text: 'Open the workflows of the CRM and create a template or open one. In the list of application actions choose “Vendor management” and place it where its result is needed.',
            picture: 'vendor-designer', pictureText: 'The workflow designer with the action “Vendor management”',
          },
          {
            text: 'In its settings choose the operation: total spend, change of status, evaluation, compliance check, link to the deal, payment to schedule, document request or contract renewal.',
            picture: 'vendor-settings', pictureText: 'The settings page of the action with its live preview',
          },
          { text: 'Say which vendor: the record’s own (its company), one chosen for good, or an expression that gives the company’s number or the vendor’s code.' },
          { text: 'With “Acts with the rights of” name a person: the action then does only what that person may do. Without one it acts with the rights of Comptoir.' },
          { text: 'Choose a record in the preview: the result shows at once. “Test” shows what would be written and changes nothing.' },
          { text: 'Save the action in the designer, then the template. Otherwise your settings are not kept.' },
        ],
        note: 'An automation rule works on deals and smart processes. For a company, use a workflow.',
      },
      {
        id: 'data',
        title: 'Bring the vendors’ data together',
        intro: 'A vendor is a company of your CRM: its contact details stay there, Comptoir adds its purchases, its status and its identifiers.',
        steps: [
          {
            text: 'Import your purchases from a CSV or Excel file: separator, encoding, dates and amounts are recognised. A dry run shows what will be written before you confirm.',
            picture: 'vendor-import', pictureText: 'The dry run of an import before it is confirmed',
          },
          { text: 'Or enter a vendor by hand, from the directory or from the “Vendor” tab of a company.' },
          { text: 'Fill in code, registration number, VAT number, IBAN, category and payment term. Identifiers are checked while you type.' },
          {
            text: 'Link each imported vendor to its company in the CRM: this link lets the action find it from a deal.',
            picture: 'vendor-directory', pictureText: 'The directory of vendors with its filters',
          },
        ],
        note: 'Under “Access rights” an administrator gives roles (viewer, editor, approver, administrator) by vendor, by category or for all, to people, departments or their heads, and opens or closes prices, bank details, documents and scores.',
      },
      {
        id: 'relations',
        title: 'Follow the relationship',
        intro: 'A vendor’s status says how the relationship stands: prospect, onboarding, active, suspended or terminated.',
        steps: [
          { text: 'Change the status from the company’s card, or let a workflow do it with the operation “Change of status”.' },
          { text: 'Give a reason to suspend, terminate or take back a vendor: it is required and stays in the history.' },
          { text: 'Read in the history of the card who changed what and when. A change made by a workflow is marked as the action’s.' },
          { text: 'Use the value “Vendor status” that the action returns in a condition, for example to hold an order with a suspended vendor.' },
        ],
        note: 'Contracts, documents and payments have their tabs in the vendor’s record. “Deadlines” and “Alerts” remind of what comes, “Payments” prepares transfers that two people approve, “Accounting” exports the purchase journal.',
      },
      {
        id: 'purchasing',
        title: 'Improve purchasing',
        intro: 'Spend is followed by vendor and month, in the portal’s currency.',
        steps: [
          {
            text: 'Open the “Vendors” tab of a deal: it shows planned and actual costs and the margin that is left.',
            picture: 'vendor-deal', pictureText: 'The “Vendors” tab of a deal with its margin',
          },
          { text: 'In the directory sort by spend to see which vendors weigh most, or by last purchase to find those you no longer use.' },
          { text: 'Use the operation “Total spend” for a period: it returns the total, the number of purchases and the share of your spend. Compare that share with a threshold in a condition.' },
          { text: 'Check purchases without an exchange rate: they are counted apart and never added silently.' },
        ],
        note: 'A vendor without purchases is not zero: the action then returns the verdict “no_data”.',
      },
      {
        id: 'integration',
        title: 'Connect the action to your workflows',
        intro: 'The workflow waits for the result: the next steps can use it at once.',
        steps: [
          { text: 'Insert the returned values further on. In the preview the copy button beside each value gives its exact name.' },
          { text: 'Branch on “Succeeded” and “Verdict”: both are always returned, even after a failure.' },
          { text: 'Start the workflow automatically when a deal is created or changed, or put the action on a stage of the pipeline.' },
          {
            text: 'Afterwards open “Runs”: it shows what came in, the result, the duration and, after a failure, what to do. An administrator can run it again.',
            picture: 'vendor-run', pictureText: 'The details of a run',
          },
        ],
        note: 'Comptoir adds triggers to the CRM, too: contract ends soon, terms changed, payment schedule changed, payment overdue, document expired, score below threshold, status changed. They act on the deals linked to the vendor.',
      },
    ],
  },
  'business-analytics': {
    summary: 'The action measures, compares, forecasts, looks for anomalies, checks the data or delivers a report, and hands figures and verdict to the workflow.',
    sections: [
      {
        id: 'process',
        title: 'Add the action to a workflow',
        intro: 'Place the action before the condition that is to rest on a figure.',
        steps: [
          { text: 'In the catalogue of Comptoir, check that the action is installed. If it is not, an administrator clicks “Install”.' },
          {
            text: 'Open the workflows of the CRM and create a template or open one. In the list of application actions choose “Business analytics”.',
            picture: 'analytics-designer', pictureText: 'The workflow designer with the action “Business analytics”',
          },
          {
            text: 'Choose the operation: metric and threshold, comparison, forecast, scenario, anomaly, report, data quality or segment. Set it up: the preview works out today’s result.',
            picture: 'analytics-settings', pictureText: 'The settings page of the action with its live preview',
          },
          { text: 'If you need to, limit the measure to a pipeline or to some responsible people. With “Acts with the rights of” the figure is what the named person sees; with nobody named it covers everything that Comptoir has read.' },
          { text: 'Choose a record in the preview: its fields take the place of expressions. The button “Test” shows what is returned and changes nothing.' },
          { text: 'Save the action in the designer, then the template. Otherwise your settings are not kept.' },
        ],
      },
      {
        id: 'sources',
        title: 'Connect data sources',
        intro: 'They come from your CRM, from your purchases and from the sources you connect.',
        steps: [
          { text: 'When it is installed Comptoir reads deals, leads, companies, contacts, invoices, products, activities and the history of stages. From then on every change in the CRM is taken over as it happens; the page “Synchronisation” says how far the reading is and lets you start it again.' },
          { text: 'Purchases come in by importing a CSV or Excel file, with invoices, and by entering them on a deal.' },
          { text: 'Under “External sources” an administrator connects a file, an HTTPS address or a webhook: advertising cost or accounting entries then arrive by themselves, as often as you choose.' },
          { text: 'Amounts are converted to the portal’s currency at its rates. What has no rate is named beside the figure.' },
          { text: 'Before you rely on a figure, use the operation “Data quality”: it returns “Flawed records” and “Records examined”, and “Threshold reached” when the tolerated share is exceeded. The page “Data quality” lists what to correct.' },
        ],
        note: 'A marketing platform is connected by what it can deliver: an export as a file, an address, or a call of the webhook.',
      },
      {
        id: 'reports',
        title: 'Make reports and dashboards',
        intro: 'The page “Dashboard”, under “Analytics”, shows the same metrics as the action, worked out the same way.',
        steps: [
          {
            text: 'Open Comptoir from the analytics menu of the CRM: revenue won, win rate, sales cycle, open pipeline and spend.',
            picture: 'analytics-dashboard', pictureText: 'The dashboard with its metrics',
          },
          { text: 'Beside each figure the help says what is counted, when, and in which currency.' },
          { text: 'Every chart can be read as a table, and its points lead to the records.' },
          { text: 'Under “Custom dashboards” compose your own: start from a template, take a figure from the gallery or ask a question in plain words, then share the dashboard.' },
          { text: 'Under “Scheduled reports” choose how often, when and for whom: everyone gets, as PDF, Excel or CSV, what their rights show them. The operation “Report delivery” of the action sends such a report from a workflow.' },
        ],
        note: 'Under “Watches” have yourself told as soon as a figure passes a threshold, changes too much or leaves the expected band.',
      },
      {
        id: 'decisions',
        title: 'Analyse and decide',
        intro: 'A threshold turns a figure into a decision: reached or not reached.',
        steps: [
          { text: 'Choose a period that compares well. A running period is compared with the same part of the one before: three weeks are never set against a whole month.' },
          { text: 'Read “Change (%)” together with “Value” and “Previous value”: a percentage alone misleads when numbers are small.' },
          { text: 'Be ready for the verdict “no_data”: a period without deals is not a zero, and the workflow has to know what to do then.' },
          { text: 'Of a forecast, read “Lower bound”, “Upper bound” and “Past error”. A target between the bounds gives the verdict “uncertain”; too little history gives “refused”, never an invented figure.' },
          { text: 'For an anomaly, the verdict “above” or “below” compares the last whole month with what the months before it let expect.' },
          { text: 'To treat some records apart, describe them under “Segments”, then use the operation “Segment membership”: “In the segment” is yes or no for the deal of the workflow, or for the vendor of its company.' },
          { text: 'Try several settings in the preview before you save: the result follows at once.' },
        ],
        note: 'Under “Forecasts” every forecast shows its past error; under “Scenarios” levers recompute the outcome; “Customers and conversion” follows retention and stages.',
      },
      {
        id: 'integration',
        title: 'Connect analytics to your workflows',
        intro: 'The workflow receives typed values, ready for a condition, a task or a message.',
        steps: [
          {
            text: 'After the action add a condition on “Threshold reached”. Its “yes” branch can tell a manager, create a task or change a stage.',
            picture: 'analytics-condition', pictureText: 'A condition that rests on “Threshold reached”',
          },
          { text: 'Without drawing a workflow, set a rule under “Decisions”: it analyses your data when a deal changes stage or amount, when a source is refreshed, or at fixed times. It may then notify, create a task, change the stage of the deal or the status of a vendor, fire a CRM trigger or start a workflow.' },
          { text: 'Set the guard rails of the rule: decisions a day, rest for each record, approval by a person. The trial on the last 30 days tells what it would have decided; the log keeps the figures behind each decision and lets you undo a change of stage or status.' },
          { text: 'Put the “Message” that the action returns into the notification: it tells metric, value and threshold in one sentence.' },
          { text: 'A threshold may come from a variable or a field of the deal: turn the setting into an expression and insert the value.' },
          {
            text: 'In “Runs” check what the action received and returned. An administrator can run it again.',
            picture: 'analytics-run', pictureText: 'The details of a run',
          },
        ],
      },
    ],
  },
}
