/** What people do on the pages, in their words. */
import type { Role } from '../../shared/run/roles.ts'
import type { BrowserPhone, BrowserWorld } from './browser-world.ts'

/** "Run now" and what follows: a run that its leader has started, and a link for each role. */
export async function runsNow(world: BrowserWorld, leader: BrowserPhone, name = 'Lena'): Promise<void> {
  await leader.page.goto(world.url())
  await leader.page.getByLabel('Your name').fill(name)
  await leader.taps('Run now')
  await leader.taps('I am here, start the run')
  await leader.sees('running for')
}

export async function linkFor(leader: BrowserPhone, role: Role): Promise<string> {
  const { page } = leader
  const invite = page.getByText('Invite', { exact: true })
  // Once others are there it lies with what belongs to the run, on a phone.
  const parts = page.locator('.lead-tabs button')
  await invite.or(parts.last()).first().waitFor()
  const isApart = !(await invite.isVisible())
  if (isApart) await parts.last().click()
  const group = page.getByRole('group', { name: 'Invite' })
  if (!(await group.isVisible())) await invite.click()
  await group.getByRole('button', { name: role, exact: true }).click()
  const link = await page.getByLabel(`Invite: ${role}`).first().inputValue()
  if (isApart) await parts.first().click()
  return link
}

export async function joins(phone: BrowserPhone, link: string, name: string): Promise<void> {
  await phone.page.goto(link)
  await phone.page.getByLabel('Your name').fill(name)
  await phone.taps('Join')
  await phone.sees('Connected')
}

export async function startsSharing(phone: BrowserPhone): Promise<void> {
  await phone.taps('I am here, start')
  await phone.page.locator('.state').getByText('Sharing your place', { exact: true }).waitFor()
}

export const opensTab = (phone: BrowserPhone, name: string): Promise<void> =>
  phone.page.getByRole('navigation').getByRole('button', { name, exact: true }).click()

/** One of the three parts of leading: "Now", "People" or "Run". */
export const opensPart = (leader: BrowserPhone, name: 'Now' | 'People' | 'Run'): Promise<void> =>
  leader.page.locator('.lead-tabs').getByRole('button', { name }).click()

/** A finger that stays on the button for as long as it takes. */
export async function holds(phone: BrowserPhone, name: RegExp): Promise<void> {
  const button = phone.page.getByRole('button', { name })
  await button.hover()
  await phone.page.mouse.down()
  await button.waitFor({ state: 'detached' })
  await phone.page.mouse.up()
}

/** What is not among the three large targets. */
export async function asksElse(phone: BrowserPhone, what: string): Promise<void> {
  const button = phone.page.getByRole('button', { name: what, exact: true })
  if (!(await button.isVisible())) await phone.page.getByText('Something else').click()
  await button.click()
}
