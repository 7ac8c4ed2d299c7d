/** The messages of the socket, each with its fields. */
import { rates } from '../../server/transport/rates.ts'
import * as wire from '../../shared/protocol/wire.ts'
import { fieldTable, jsonOf, saidOf, table } from './tables.ts'

export function messagesUp(): string {
  const says: Record<keyof typeof wire.upSchemas, readonly [string, string, readonly string[]]> = {
    command: ['A wish; see [commands](#commands).', '`{"ok":true,"version":N}`', ['sentCommandSchema']],
    fixes: [
      'Where its owner was; see [positions](#positions).',
      '`{"ok":true}` and a [receipt](#receipt)',
      ['fixesSchema', 'numberedFixSchema', 'fixSchema'],
    ],
    stored: [
      'Asks what the server has of a stream; see [when the server has lost something](#when-the-server-has-lost-something).',
      '`{"ok":true}` and a [receipt](#receipt)',
      ['askStoredSchema'],
    ],
    'catch-up': [
      'Asks for what happened since; see [catching up](#catching-up).',
      '`tail` or `snapshot`, below',
      ['catchUpSchema'],
    ],
    journal: ['A leader of the whole run reads the journal.', '`journal`, below', ['askJournalSchema']],
    offer: [
      'A leader’s copy of the journal; see [when the server has lost something](#when-the-server-has-lost-something).',
      '`{"ok":true}`',
      ['offerSchema'],
    ],
    'key-frame': ['The next places are everybody’s.', '`{"ok":true}`', []],
    look: ['Whether anybody looks at the places. At first: yes.', '`{"ok":true}`', ['lookSchema']],
  }
  const names = Object.keys(wire.upSchemas) as (keyof typeof wire.upSchemas)[]
  const overview = table(
    ['message', 'what for', 'answer', 'at most, for one seat'],
    names.map((name) => [
      `[\`${name}\`](#${name}-up)`,
      says[name][0],
      says[name][1],
      `${rates[name].points} in ${rates[name].perSeconds} s`,
    ]),
  )
  const details = names.map((name) => {
    const extra = { 'catch-up': `\n\n${catchUpAnswers()}`, journal: `\n\n${journalAnswer()}` }[name as string] ?? ''
    const fields = fieldTable(wire.upSchemas[name], says[name][2]) || 'No fields: `{}`.'
    return `### ${name} (up)\n\n${fields}${extra}`
  })
  const fix = `### fix\n\n${fieldTable(wire.numberedFixSchema, ['numberedFixSchema', 'fixSchema'])}\n\n\`seq\` is the number of the fix in its stream.`
  return [overview, ...details, fix].join('\n\n')
}

function catchUpAnswers(): string {
  const [tail, snapshot] = jsonOf(wire.catchUpAnswerSchema).oneOf ?? []
  if (!tail || !snapshot) throw new Error('catch-up has two answers')
  return `The answer \`tail\`:\n\n${fieldTable(tail, ['factsSchema'], ['ok'])}\n\nThe answer \`snapshot\`:\n\n${fieldTable(snapshot, ['snapshot'], ['ok'])}`
}

const journalAnswer = (): string =>
  `The answer:\n\n${fieldTable(wire.journalSchema, ['journalSchema', 'factsSchema'], ['ok'])}`

export function messagesDown(): string {
  const says: Record<keyof typeof wire.downSchemas, readonly [string, readonly string[]]> = {
    welcome: ['The seat is good. The first message of every connection.', ['welcomeSchema']],
    facts: [saidOf('factsSchema'), ['factsSchema']],
    places: [saidOf('placesSchema'), ['placesSchema']],
    rhythm: [saidOf('rhythmSchema'), ['rhythmSchema']],
    receipt: [saidOf('receiptSchema'), ['receiptSchema']],
    refused: [saidOf('refusedSchema'), ['refusedSchema']],
    counts: [saidOf('countsSchema'), ['countsSchema']],
    again: [saidOf('againSchema'), ['againSchema']],
    lost: [saidOf('lostSchema'), ['lostSchema']],
    gone: [`${saidOf('goneSchema')} The server hangs up after it; forget the run when it says so.`, ['goneSchema']],
  }
  const details = Object.entries(says).map(([name, [text, keys]]) => {
    const schema = wire.downSchemas[name as keyof typeof wire.downSchemas]
    return `### ${name}\n\n${text}\n\n${fieldTable(schema, keys) || 'No fields: `{}`.'}`
  })
  return [...details, 'And [`frame`](#frame): places as bytes, for `frames: "binary"`.'].join('\n\n')
}
