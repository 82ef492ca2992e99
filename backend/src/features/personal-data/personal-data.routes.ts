import type { FastifyInstance } from 'fastify'
import { AppError } from '@comptoir/shared/errors'
import { personalDataApi, type PersonalData } from '@comptoir/shared/personal-data/personal-data.contract'
import { serve } from '../../platform/http/serve.ts'
import type { Database } from '../../platform/storage/database.ts'
import { erasedWords } from './erased-words.ts'
import { listErasures } from './erasures.postgres.ts'
import { readInventory, type KeptDays } from './inventory.postgres.ts'
import { erasePerson, searchPerson } from './person.postgres.ts'
import { personFile } from './person-file.ts'
import { previewRetention, readPeriods, savePeriods } from './retention.postgres.ts'

export interface PersonalDataDeps {
  readonly db: Database
  readonly now: () => Date
  /** Periods that stand in the code of the features that hold the data. */
  readonly keptDays: KeptDays
}

export function personalDataRoutes(app: FastifyInstance, { db, now, keptDays }: PersonalDataDeps): void {
  const overview = async (portalId: number): Promise<PersonalData> => {
    const [inventory, periods, erasures] = await Promise.all([readInventory(db, portalId, keptDays), readPeriods(db, portalId), listErasures(db, portalId)])
    return { inventory, periods, erasures }
  }

  serve(app, personalDataApi.get, (_request, { portal }) => overview(portal.id))
  serve(app, personalDataApi.preview, ({ body }, { portal }) => previewRetention(db, portal.id, body, now()))
  serve(app, personalDataApi.saveRetention, async ({ body }, { portal, viewer }) => {
    await savePeriods(db, portal.id, body, { userId: viewer.userId, now: now() })
    return overview(portal.id)
  })
  serve(app, personalDataApi.search, ({ body }, { portal }) => searchPerson(db, portal.id, body.term))
  serve(app, personalDataApi.export, async ({ body: { term, format, language } }, { portal }) => {
    const { matches, isCut } = await searchPerson(db, portal.id, term)
    if (isCut)
      throw new AppError('personal_data.too_many')
    return personFile(term, matches, format, { language, timeZone: portal.timeZone, now: now() })
  })
  serve(app, personalDataApi.erase, async ({ body }, caller) => {
    await erasePerson(db, caller, { ...body, now: now(), reason: erasedWords(caller.portal.language).request })
    return searchPerson(db, caller.portal.id, body.term)
  })
}
