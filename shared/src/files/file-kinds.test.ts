import { describe, expect, it } from 'vitest'
import { contentTypeOf, driveName } from './file-kinds.ts'

describe('files of vendors', () => {
  it('are known by their ending, in any case', () => {
    expect(contentTypeOf('Contrat signé.PDF')).toBe('application/pdf')
    expect(contentTypeOf('facture.xml')).toBe('application/xml')
  })

  it.each(['page.html', 'dessin.svg', 'script.js', 'outil.exe', 'sans ending', '.pdf.html', 'facture.constructor'])('are not taken when a browser or a system would run them: %s', (name) => {
    expect(contentTypeOf(name)).toBeNull()
  })

  it('have names without paths and signs that a file system refuses', () => {
    expect(driveName('../../etc/contrat: "2026"?.pdf')).toBe('etc contrat 2026.pdf')
    expect(driveName('facture\u202Efdp.xml')).toBe('facture fdp.xml')
    expect(driveName(' . ')).toBe('')
    expect([...driveName(`${'é'.repeat(400)}.pdf`)]).toHaveLength(150)
  })
})
