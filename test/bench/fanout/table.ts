/** Figures for people: one row a system. */
import type { Figures, Spread } from './figures.ts'
import { textTable } from './report.ts'

type Column = { readonly title: string; readonly of: (figures: Figures) => string }

const spread = ({ median, least, most }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)}-${most.toFixed(digits)})`
const percent = (share: number): string => (100 * share).toFixed(0)

const columns: readonly Column[] = [
  { title: 'CPU-s/M views', of: ({ cpuSPerMillionViews }) => spread(cpuSPerMillionViews, 2) },
  { title: 'x floor', of: ({ timesFloor }) => (timesFloor ? spread(timesFloor, 2) : '-') },
  { title: 'kernel %', of: ({ systemShare }) => percent(systemShare) },
  { title: 'age p50/p99 ms', of: ({ ageP50Ms, ageP99Ms }) => `${ageP50Ms}/${ageP99Ms}` },
  { title: 'delivered %', of: ({ deliveredShare }) => (100 * deliveredShare).toFixed(2) },
  { title: 'skipped', of: ({ skipped }) => String(skipped) },
  { title: 'lost', of: ({ lost }) => String(lost) },
  { title: 'MB in', of: ({ receivedMbPerMemberHour }) => receivedMbPerMemberHour.toFixed(2) },
  { title: 'kB out', of: ({ sentKbPerMemberHour }) => sentKbPerMemberHour.toFixed(0) },
  { title: 'KB/member', of: ({ kbPerMember }) => kbPerMember.toFixed(0) },
  { title: 'core %', of: ({ serverBusy }) => percent(serverBusy.median) },
  { title: 'generator %', of: ({ generatorBusy }) => percent(generatorBusy.most) },
  { title: 'waited %', of: ({ generatorWaited }) => percent(generatorWaited.most) },
  { title: '', of: ({ isValid }) => (isValid ? '' : 'NOT VALID') },
]

export const legend = `CPU of all processes of the server side, from the operating system: median (least-most) of the rounds; x floor of the same round.
age: from taken to received. skipped: a newer place came instead. MB in, kB out: websocket (MQTT: TCP) bytes a member-hour.
KB/member: resident memory above that of the idle server. core %: of one core. NOT VALID: the generator was busy for more than 90 % of the window, so that it was
the limit, or waited for its core for more than 5 %, because the machine had something else to do.
`

export function tableOf(rows: Readonly<Record<string, Figures>>): string {
  const lines = [
    ['', ...columns.map(({ title }) => title)],
    ...Object.entries(rows).map(([name, figures]) => [name, ...columns.map(({ of }) => of(figures))]),
  ]
  return textTable(lines)
}

/** What else is worth saying of a system with several processes. */
export const sharesOf = ({ shares }: Figures): string =>
  Object.entries(shares)
    .map(([name, share]) => `${name} ${percent(share)} %`)
    .join(', ')
