import { describe, expect, it } from 'vitest'
import { setFormats } from './format.ts'
import { dayPattern, readDay, writeDay } from './typed-day.ts'

const speak = (language: string): void => setFormats({ language, timeZone: 'Europe/Paris', currency: 'EUR' })

describe('a day in a field', () => {
  it.each([['fr', '05/03/2026'], ['en', '03/05/2026'], ['de', '05.03.2026'], ['ja', '2026/03/05'], ['ar', '05/03/2026']])('is written and read in the order of %s', (language, written) => {
    speak(language)
    expect(writeDay('2026-03-05')).toBe(written)
    expect(readDay(written)).toBe('2026-03-05')
  })

  it('says how it is written', () => {
    speak('fr')
    expect(dayPattern({ day: 'jj', month: 'mm', year: 'aaaa' })).toBe('jj/mm/aaaa')
  })

  it.each(['5/3/2026', '5.3.26', '05 03 2026', '05032026', '050326', '2026-03-05', '٠٥/٠٣/٢٠٢٦'])('is read from %s', (text) => {
    speak('fr')
    expect(readDay(text)).toBe('2026-03-05')
  })

  it.each(['', '5/3', '31/02/2026', '5/13/2026', 'demain', '5/3/202', '1/2/3/4'])('is not read from %s', (text) => {
    speak('fr')
    expect(readDay(text)).toBeNull()
  })

  it('waits for the whole year while it is typed', () => {
    speak('fr')
    expect([readDay('5/3/20', { ended: false }), readDay('5/3/2026', { ended: false })]).toEqual([null, '2026-03-05'])
  })
})
