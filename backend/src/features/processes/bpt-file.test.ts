import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { processIds } from '@comptoir/shared/processes/process.contract'
import { appActivity, bptFile } from './bpt-file.ts'
import { processTemplate } from './process-templates.ts'

const text = (file: string): string => inflateSync(Buffer.from(file, 'base64')).toString('utf8')

describe('the file of a template', () => {
  it('is written as a portal exports one', () => {
    const step = { type: 'SocNetMessageActivity', name: 'A50060_89629_69262_59252', title: 'Été', properties: { MessageText: '{=System:Now}', MessageUserTo: ['author'] } }
    expect(text(bptFile('T', [step]))).toBe(
      'a:6:{s:7:"VERSION";i:2;s:8:"TEMPLATE";a:1:{i:0;a:5:{s:4:"Type";s:26:"SequentialWorkflowActivity";s:4:"Name";s:8:"Template";s:9:"Activated";s:1:"Y";'
      + 's:10:"Properties";a:3:{s:10:"Permission";a:8:{s:1:"D";a:0:{}s:1:"E";a:0:{}s:1:"R";a:0:{}s:1:"S";a:0:{}s:1:"T";a:0:{}s:1:"U";a:0:{}s:1:"W";a:0:{}s:1:"X";a:0:{}}'
      + 's:5:"Title";s:1:"T";s:13:"EditorComment";s:0:"";}s:8:"Children";a:1:{i:0;a:5:{s:4:"Type";s:21:"SocNetMessageActivity";s:4:"Name";s:24:"A50060_89629_69262_59252";'
      + 's:9:"Activated";s:1:"Y";s:10:"Properties";a:4:{s:11:"MessageText";s:13:"{=System:Now}";s:13:"MessageUserTo";a:1:{i:0;s:6:"author";}s:5:"Title";s:5:"Été";s:13:"EditorComment";s:0:"";}'
      + 's:8:"Children";a:0:{}}}}}s:10:"PARAMETERS";a:0:{}s:9:"VARIABLES";a:0:{}s:9:"CONSTANTS";a:0:{}s:15:"DOCUMENT_FIELDS";a:0:{}}')
  })

  it('names our action by the app and its code', () => {
    expect(appActivity('local.1', 'comptoir_vendor_management')).toMatch(/^rest_[0-9a-f]{32}$/)
    expect(appActivity('local.1', 'a')).not.toBe(appActivity('local.2', 'a'))
  })

  it.each(processIds)('of %s names every step once, in both languages', (id) => {
    for (const language of ['fr', 'en'] as const) {
      const { name, description, file } = processTemplate(id, { clientId: 'local.1', language })
      const names = [...text(file).matchAll(/s:4:"Name";s:\d+:"(A[\d_]+)"/g)].map(([, found]) => found)
      expect(names.length).toBeGreaterThan(2)
      expect(new Set(names).size).toBe(names.length)
      expect(`${name} ${description}`).not.toContain('undefined')
    }
  })
})
