import type { ProcessId } from '@comptoir/shared/processes/process.contract'
import type { InstructionStep } from './instructions.ts'
import type { ProcessGuide } from './process-guides.ts'

const open: InstructionStep = {
  text: 'Open the CRM’s workflows and create a template for companies. In the list of application actions, take “Vendor management”.',
  picture: 'vendor-designer', pictureText: 'The workflow designer with the action “Vendor management”',
}
const save: InstructionStep = { text: 'Save the template, then run it on the card of a vendor to try it.' }
const settings = { picture: 'vendor-settings', pictureText: 'The action’s settings page with its live preview' }

export const guides: Readonly<Record<ProcessId, ProcessGuide>> = {
  'renewal': {
    steps: [
      open,
      { text: 'Set the operation “Contract renewal” and the vendor of the record.', ...settings },
      { text: 'Add a condition: “Verdict” equals “started”.' },
      { text: 'In the true branch, create a task whose title holds the value “Contract” and whose description holds the action’s “Message”.' },
      { text: 'In the other branch, send a message with the value “Message”: it says why there is nothing to renew.' },
      save,
    ],
    start: 'Run it from the vendor’s card, or through the trigger “Comptoir: a contract comes to its end” in the stages of your deals.',
  },
  'onboarding': {
    steps: [
      open,
      { text: 'Set the operation “Change of status”: status “Onboarding”, reason “New vendor”.', ...settings },
      { text: 'Add the same action with the operation “Compliance check”.' },
      { text: 'Add a condition: “Missing documents” is not empty.' },
      { text: 'In the true branch, add the operation “Document request” with the value “Missing documents”, then a task to follow the file.' },
      { text: 'In the other branch, add the operation “Change of status”: status “Active”, reason “File complete”, then a message.' },
      save,
    ],
    start: 'Run it on the card of a company that was just added, or by itself when one is created: that is a setting of the template.',
  },
  'bank-change': {
    steps: [
      open,
      { text: 'Set the operation “Compliance check”: its values give the vendor’s name and the state of its file.', ...settings },
      { text: 'Add the same action with the operation “Document request” and the document “Bank details”.' },
      { text: 'Create a task: call the vendor back on a number you knew before, never on the one in the letter, then enter the new IBAN in Comptoir.' },
      { text: 'Send a message with the value “Message” of the document request.' },
      save,
    ],
    start: 'Run it as soon as a vendor announces a new account. The new IBAN is used only after a second person has approved it in Comptoir.',
  },
  'score-drop': {
    steps: [
      open,
      { text: 'In the template’s parameters, add a whole number “threshold”, required, with the value 60.' },
      { text: 'Set the operation “Evaluation” and the vendor of the record.', ...settings },
      { text: 'Add a condition: “Score” is less than the parameter “threshold”.' },
      { text: 'In the true branch, create a task: ask for an action plan, with the value “Message” as its description.' },
      { text: 'In the other branch, send a message. A vendor without score takes this branch: no score is not a bad score.' },
      save,
    ],
    start: 'Run it from the vendor’s card, or through the trigger “Comptoir: a score falls below its threshold” in the stages of your deals.',
  },
  'late-delivery': {
    steps: [
      open,
      { text: 'In the parameters of the template, add a required whole number “threshold” with the value 60.' },
      { text: 'Set the operation “Evaluation” and the vendor of the record.', ...settings },
      { text: 'Add the same action with the operation “Document request” and the document “New delivery date, in writing”.' },
      { text: 'Add a condition: “Score” is at least the parameter “threshold”.' },
      { text: 'In the true branch, create a task that follows the delivery; in the other one, a task that prepares another source, with the value “Message” as description.' },
      { text: 'After the condition, send a message with the value “Message” of the document request.' },
      save,
    ],
    start: 'Run it from the vendor’s card when a promised date has passed. A vendor without score is followed like one that is not reliable.',
  },
  'weekly-review': {
    steps: [
      { text: 'Open the CRM’s workflows and create a template for companies. In the list of application actions, take “Business analytics”.', picture: 'analytics-designer', pictureText: 'The workflow designer with the action “Business analytics”' },
      { text: 'Set the operation “Comparison of periods”: metric “Revenue won”, period “Last 7 days”, compared with the previous period.', picture: 'analytics-settings', pictureText: 'The action’s settings page with its live preview' },
      { text: 'Add the same action for “Value of new deals” and for “Total spend”.' },
      { text: 'Send a message that holds the “Message” of the three actions and the “Link” of the first one.' },
      { text: 'Save the template, then run it to try it.' },
    ],
    start: 'Run it on any company, your own for instance: the figures are those of the whole team. To have it sent by itself, schedule a report under Analytics.',
  },
}
