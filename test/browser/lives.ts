/** What everybody does on the way into a run. */
import type { LivedPhone } from './lives-world.ts'

/** The link for a role, as the leader's page shows it. */
export const invite = async (leader: LivedPhone, role: string): Promise<string> => {
  const group = leader.page.getByRole('group', { name: 'Invite' })
  if (!(await group.isVisible())) await leader.page.getByText('Invite', { exact: true }).first().click()
  await group.getByRole('button', { name: role, exact: true }).click()
  return leader.page.getByLabel(`Invite: ${role}`).first().inputValue()
}

export async function joins(phone: LivedPhone, link: string, name: string): Promise<void> {
  await phone.page.goto(link)
  await phone.page.getByLabel('Your name').fill(name)
  await phone.taps('Join')
  await phone.page.locator('.dot.online').waitFor()
}

/** Begins to move, and to share. */
export async function starts(phone: LivedPhone, fromM: number, paceMps: number): Promise<void> {
  phone.goes(fromM, paceMps)
  await phone.taps('I am here, start')
  await phone.page.locator('.state').getByText('Sharing your place', { exact: true }).waitFor()
}

export const online = (phone: LivedPhone) => phone.page.locator('.dot.online').waitFor()
