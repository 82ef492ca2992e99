import { expect, people, plain, test } from './stage.ts'

test('the catalogue shows both actions, and its instructions are searched', async ({ screens }) => {
  const main = await screens.openMainTab(/^Processus/, /^Catalogue/)
  const { app } = main
  for (const name of ['Gestion des fournisseurs', 'Analyse commerciale']) {
    const card = app.getByRole('article', { name })
    await expect(card.getByRole('status')).toHaveText('Installée')
    await expect(card.getByRole('list', { name: 'Ce qu’offre l’action' }).getByRole('listitem')).toHaveText(['Automatisation', 'Activité', 'Aperçu en direct'])
  }
  await screens.expectSound(main)
  await app.getByRole('link', { name: 'Instructions : Analyse commerciale' }).click()
  const search = app.getByRole('searchbox', { name: 'Rechercher dans les instructions' })
  const sections = app.getByRole('article').getByRole('region')
  await expect(sections).toHaveCount(5)
  await screens.expectSound(main)
  await search.fill('webhook')
  await expect(sections).toHaveCount(1)
  await expect(app.locator('mark').first()).toHaveText(/webhook/i)
  await search.fill('xylophone')
  await expect(app.getByText('Rien de tel dans les instructions')).toBeVisible()
})

test('an administrator removes an action and installs it again; the portal follows', async ({ screens }) => {
  const { app } = await screens.openMainTab(/^Processus/, /^Catalogue/)
  const codes = () => [...screens.portal.bizproc.registrations.values()].map(({ code }) => code).filter(code => code.startsWith('comptoir_vendor')).sort()
  expect(codes()).toEqual(['comptoir_vendor_management', 'comptoir_vendor_management_robot'])
  const card = app.getByRole('article', { name: 'Gestion des fournisseurs' })
  await card.getByRole('button', { name: 'Retirer : Gestion des fournisseurs' }).click()
  const question = app.getByRole('dialog')
  await expect(question).toContainText('Retirer l’action « Gestion des fournisseurs » ?')
  await question.getByRole('button', { name: 'Annuler' }).click()
  await expect(question).toHaveCount(0)
  expect(codes()).toHaveLength(2)

  await card.getByRole('button', { name: 'Retirer : Gestion des fournisseurs' }).click()
  await question.getByRole('button', { name: 'Retirer', exact: true }).click()
  await expect(card.getByRole('status')).toHaveText('Non installée')
  expect(codes()).toEqual([])

  await card.getByRole('button', { name: 'Installer : Gestion des fournisseurs' }).click()
  await expect(card.getByRole('status')).toHaveText('Installée')
  expect(codes()).toHaveLength(2)
})

test('an ordinary user reads the catalogue and changes nothing', async ({ screens }) => {
  await screens.viewAs({ userId: people.seller, language: 'fr' })
  const main = await screens.openMainTab(/^Processus/, /^Catalogue/)
  const card = main.app.getByRole('article', { name: 'Analyse commerciale' })
  await expect(card.getByRole('link', { name: /^Instructions/ })).toBeVisible()
  await expect(main.app.getByRole('button', { name: /^(Retirer|Installer|Mettre à jour)/ })).toHaveCount(0)
  const pages = (await main.app.getByRole('navigation', { name: 'Pages de Comptoir' }).getByRole('link').allTextContents()).map(plain)
  expect(pages).not.toContain('Exécutions')
  expect(pages).not.toContain('Synchronisation')
  await screens.expectSound(main)
})

test('an administrator installs a ready-made process, reads how to build it, and repairs the triggers', async ({ screens }) => {
  const { bizproc } = screens.portal
  const lost = bizproc.triggers.splice(0, 1)[0]!
  const main = await screens.openMainTab(/^Processus/, /^Catalogue/)
  const { app } = main
  await app.getByRole('button', { name: 'Processus prêts à l’emploi' }).click()
  await app.getByRole('button', { name: /^Installer\s: Note en baisse$/ }).click()
  await expect(app.getByRole('button', { name: /^Retirer\s: Note en baisse$/ })).toBeVisible()
  const template = () => [...bizproc.templates.values()].find(({ name }) => name.includes('note en baisse'))
  expect(template()).toMatchObject({ ownerAppId: screens.demo.app.clientId, documentType: ['crm', 'CCrmDocumentCompany', 'COMPANY'] })

  await app.getByRole('button', { name: /^Pas à pas\s: Note en baisse$/ }).click()
  await expect(app.getByText(/l’absence de note n’est pas une mauvaise note/)).toBeVisible()
  await screens.expectSound(main)
  await app.getByRole('button', { name: /^Pas à pas\s: Note en baisse$/ }).click()
  await app.getByRole('button', { name: /^Retirer\s: Note en baisse$/ }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Retirer', exact: true }).click()
  await expect(app.getByRole('button', { name: /^Installer\s: Note en baisse$/ })).toBeVisible()
  expect(template()).toBeUndefined()

  await app.getByRole('button', { name: 'Déclencheurs du CRM' }).click()
  await app.getByRole('button', { name: 'Réparer les déclencheurs' }).click()
  await expect(app.getByRole('button', { name: 'Réparer les déclencheurs' })).toHaveCount(0)
  expect(bizproc.triggers.map(({ code }) => code)).toContain(lost.code)
  await screens.expectSound(main)
})
