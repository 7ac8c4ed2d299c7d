/** How the word that a number ends with is read decides its ending: "08:40-тан", "08:41-ден". */
const ones = ['ден', 'ден', 'ден', 'тен', 'тен', 'тен', 'дан', 'ден', 'ден', 'дан']
const tens = ['ден', 'нан', 'дан', 'дан', 'тан', 'ден']

const endingOf = (number: number): string => (number % 10 === 0 ? tens[number / 10] : ones[number % 10]) ?? 'ден'

/** Of a clock, alone or after a date; at a full hour the hour is read last. */
function ablativeOf(clock: string): string {
  const [hours = 0, minutes = 0] = clock.slice(-5).split(':').map(Number)
  return endingOf(minutes === 0 ? hours : minutes)
}

export const since = (clock: string): string => `${clock}\u2011${ablativeOf(clock)} бері`

/** "08:40-та" */
export const at = (clock: string): string => `${clock}\u2011${ablativeOf(clock).replace('нан', 'дан').slice(0, -1)}`
