/** docs/WIRE.md, made of the schemas, what their comments say, and the prose beside this file. */
import type { z } from 'zod'
import { statusOf } from '../../server/transport/http-answer.ts'
import { httpRates } from '../../server/transport/rates.ts'
import { type RefusalCode, refusals } from '../../shared/protocol/errors.ts'
import { OLDEST_ACCEPTED_WIRE_VERSION, OUTBOX_VERSION, WIRE_VERSION } from '../../shared/protocol/version.ts'
import * as wire from '../../shared/protocol/wire.ts'
import { commandSchema } from '../../shared/run/commands.ts'
import { factSchema, runEventSchema } from '../../shared/run/events.ts'
import { pushNoteSchema } from '../../shared/run/push.ts'
import { requestKinds } from '../../shared/run/requests.ts'
import * as state from '../../shared/run/state.ts'
import { wordSchema } from '../../shared/run/words.ts'
import { readHistory } from './docstrings.ts'
import { httpCalls } from './http-calls.ts'
import { commandMeanings, eventMeanings, phoneShoulds, refusalMeanings } from './meanings.ts'
import { messagesDown, messagesUp } from './messages.ts'
import {
  afterLoss,
  catchingUp,
  commandsIntro,
  connecting,
  naming,
  positions,
  trackerApps,
  walkThrough,
} from './prose.ts'
import { pushesText } from './pushes.ts'
import { fieldLines, fieldTable, jsonOf, nameIt, saidOf, table } from './tables.ts'

type Section = readonly [title: string, text: string]

const rowKinds = [
  ['head', 'of the run', state.headSchema, ['headSchema']],
  ['group', '`groups`', state.groupSchema, ['groupSchema']],
  ['member', '`members`', state.memberSchema, ['memberSchema']],
  ['invite', '`invites`, for leaders of the whole run', state.inviteSchema, ['inviteSchema']],
  ['request', '`requests`', state.requestSchema, ['requestSchema']],
  ['hand-over', '`handOvers`', state.handOverSchema, ['handOverSchema']],
  ['guests', '`guests`, for helpers', state.guestsSchema, ['guestsSchema']],
  ['message', '`messages`', state.messageSchema, ['messageSchema']],
  ['seen', '`seen`: who has seen which message', state.seenSchema, ['seenSchema']],
  ['word', '`words`', wordSchema, ['wordSchema']],
] as const satisfies readonly (readonly [string, string, z.core.$ZodType, readonly string[]])[]

nameIt('fact', factSchema)
nameIt('event', runEventSchema, 'events')
nameIt('command', commandSchema, 'commands')
nameIt('fix', wire.numberedFixSchema)
nameIt('snapshot row', wire.snapshotRowSchema, 'snapshot-row')
for (const [name, , schema] of rowKinds) nameIt(name, schema)

export function wireDocument(): string {
  const sections: Section[] = [
    ['Connect', connecting.replace('{greeting}', fieldTable(wire.greetingSchema, ['greetingSchema']))],
    ['Names, units and ids', naming],
    ['Messages up', messagesUp()],
    ['Messages down', messagesDown()],
    ['Catching up', catchingUp],
    ['Positions', positions],
    ['When the server has lost something', afterLoss],
    ['Commands', commands()],
    ['Request kinds', kinds()],
    ['Facts and events', facts()],
    ['Snapshot row', snapshotRows()],
    ['Refusals', refusalTable()],
    ['HTTP', http()],
    ['Tracker apps', trackerApps],
    ['Pushes', pushesText.replace('{note}', fieldTable(pushNoteSchema, ['pushNoteSchema']))],
    ['Versions', versions()],
  ]
  const contents = sections.map(
    ([title]) =>
      `[${title}](#${title
        .toLowerCase()
        .replaceAll(/[^a-z -]/g, '')
        .replaceAll(' ', '-')})`,
  )
  const body = sections.map(([title, text]) => `## ${title}\n\n${text.trim()}`).join('\n\n')
  return `# The wire

How a phone, in any language, takes part in a run of Serik. Wire version ${WIRE_VERSION}. Written by \`npm run wire-doc\` from the schemas in
\`shared/\`, which both sides use; do not edit it by hand. [join_and_ask.py](examples/join_and_ask.py) does the first sixteen of the twenty lines below in Python.

Two things travel. **Commands** are wishes: kept on the phone until they are answered, done once however often they are sent, and told to
others as **facts**, in order and without loss. **Places** are not facts: the newest replaces the one before, and only the receipt says
that a fix is stored. A phone that was away says how far it had come and is told the rest.

## A run in twenty lines

→ from the phone, ← from the server; an indented line answers the one before.

${walkThrough}

${contents.join(' · ')}

${body}
`
}

const variants = (schema: z.core.$ZodType) =>
  (jsonOf(schema).oneOf ?? []).map((json) => ({ json, type: String(json.properties?.type?.const) }))

function commands(): string {
  const rows = variants(commandSchema).map(({ json, type }) => {
    const [who, says] = commandMeanings[type as keyof typeof commandMeanings]
    return [`\`${type}\``, who, fieldLines(json, [type], ['type']), [says, saidOf(type)].filter(Boolean).join(' ')]
  })
  const intro = commandsIntro.trim().replace('{accepted}', fieldTable(wire.acceptedSchema, ['acceptedSchema'], ['ok']))
  return `${intro}\n\n${table(['`type`', 'for', 'fields', 'what it wishes'], rows)}`
}

function kinds(): string {
  const told = {
    helpers: 'cyclists and leaders',
    group: 'also the runners who see its author',
    alarm:
      'every leader and cyclist, whoever is within 1 km, and its author’s guardian; repeated each minute until somebody claims it',
  }
  return table(
    ['kind', 'an item, handed over', 'pieces', 'told to'],
    Object.entries(requestKinds).map(([kind, { tells, isItem, maxQuantity }]) => [
      `\`${kind}\``,
      isItem ? 'yes' : 'no',
      maxQuantity === 1 ? '1' : `1 to ${maxQuantity}`,
      told[tells],
    ]),
  )
}

function facts(): string {
  const intro = `### fact\n\n${fieldTable(factSchema, ['factSchema'])}\n\nNames, notes, messages and numbers are not in events: they come beside them as [words](#word), and can be erased.`
  const rows = variants(runEventSchema).map(({ json, type }) => {
    const says = [eventMeanings[type as keyof typeof eventMeanings], saidOf(type)].filter(Boolean).join(' ')
    return [`\`${type}\``, fieldLines(json, [type], ['type']), says]
  })
  return `${intro}\n\n### Events\n\n${table(['`type`', 'fields', 'what happened'], rows)}`
}

function snapshotRows(): string {
  const intro =
    'A row of a snapshot is `{"of": TABLE, "value": ROW}`. Put the values of each table under their id; there is one `head`.'
  const keys = table(
    ['key of a word', 'what it is'],
    [
      ['`title`', 'the run’s name'],
      ['`name:MEMBER`', 'a member’s name'],
      ['`phone:MEMBER`', 'a member’s telephone number, for leaders and oneself; a leader’s for all'],
      ['`note:REQUEST`', 'the note of a request'],
      ['`usual:MEMBER`', 'the note of “my usual”'],
      ['`message:MESSAGE`', 'the text of a message'],
      ['`guests:GUESTS`', 'the name of guests'],
      ['`group:GROUP`', 'the name of a group'],
    ],
  )
  const details = rowKinds.map(
    ([name, of, schema, from]) => `### ${name}\n\nTable ${of}.\n\n${fieldTable(schema, from)}`,
  )
  return [intro, ...details, keys].join('\n\n')
}

function refusalTable(): string {
  const intro =
    'The same object on the socket, over HTTP and at the greeting: `{"ok":false,"code":…}`, with `field` (a path such as `command.quantity`, or `body`), `detail` (a sentence for logs) and `retryAfterMs` where they help.'
  const rows = (Object.keys(refusals) as RefusalCode[]).map((code) => [
    `\`${code}\``,
    refusalMeanings[code],
    phoneShoulds[refusals[code].phoneShould],
    String(statusOf[code]),
  ])
  return `${intro}\n\n${table(['code', 'why', 'what the phone should do', 'HTTP status'], rows)}`
}

function http(): string {
  const intro = `JSON both ways, \`Content-Type: application/json\`. A seat goes into \`Authorization: Bearer SEAT\`. Success is 200 with \`"ok": true\` and the fields below; a refusal has the status of [its code](#refusals), \`too-many\` and \`retry-later\` with \`Retry-After\`. From one address at most ${httpRates.join.points} invites and joins, ${httpRates.plan.points} plans, routes and trackers, and ${httpRates.read.points} reads a minute. A GET changes nothing.`
  const details = httpCalls.map(({ method, path, seat, says, body, answer, refusals: codes }) =>
    [
      `### ${method} ${path}`,
      `${says} Seat: ${seat}.`,
      body && `Body:\n\n${fieldTable(body.schema, body.keys)}`,
      answer && `Answer:\n\n${fieldTable(answer.schema, answer.keys, ['ok', ...(answer.without ?? [])])}`,
      codes.length > 0 && `Refused with ${codes.map((code) => `\`${code}\` (${statusOf[code]})`).join(', ')}.`,
    ]
      .filter(Boolean)
      .join('\n\n'),
  )
  return [intro, ...details].join('\n\n')
}

function versions(): string {
  return `A greeting says \`wire\`, the version it speaks. This server speaks ${WIRE_VERSION} and accepts ${OLDEST_ACCEPTED_WIRE_VERSION} and newer; an older one is refused with \`protocol-too-old\`. \`outbox\` is how a phone keeps what it has not sent, now ${OUTBOX_VERSION}.

${readHistory()
  .map((line) => `- ${line}`)
  .join('\n')}`
}
