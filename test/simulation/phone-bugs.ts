/** Planted bugs of the phones' side: the SDK's socket and storage as careless code would use them. */

import type { Dial } from '../../client/net/connection.ts'
import { newId } from '../../client/net/new-id.ts'
import { fixDecoder, fixEncoder } from '../../shared/frame/fix-codec.ts'
import type { CatchUp, Facts, Fixes, Receipt } from '../../shared/protocol/wire.ts'
import type { SentCommand } from '../../shared/run/commands.ts'
import type { CommandId, RunId } from '../../shared/units.ts'
import { withSocket } from './bug.ts'
import type { PlantedBug } from './planted-bugs.ts'

export const phoneBugs: readonly PlantedBug[] = [
  {
    name: 'gap-taken-as-next',
    wrong: 'facts that begin behind what a phone has are folded as if they followed',
    bug: {
      dial: (dial) =>
        withSocket(dial, {
          hear: (event, body, tell) => tell(event === 'facts' ? { ...(body as Facts), fromVersion: 0 } : body),
        }),
    },
  },
  {
    name: 'resume-by-version',
    wrong: 'a phone resumes by version alone: a fork is taken for the same journal',
    bug: {
      dial: (dial, { truth, kept }) =>
        withSocket(dial, {
          hear(event, body, tell) {
            if (event === 'welcome') kept.set('run', (body as { runId: RunId }).runId)
            tell(body)
          },
          async ask(ask, event, body) {
            if (event !== 'catch-up') return ask(event, body)
            const { fromVersion } = body as CatchUp
            const [entry] = await truth().read(kept.get('run') as RunId, fromVersion - 1, 1)
            return ask(event, entry ? { ...(body as CatchUp), mac: entry.mac } : body)
          },
        }),
    },
  },
  {
    name: 'deleted-when-sent',
    wrong: 'a wish leaves the outbox when it is sent, not when it is answered',
    bug: {
      storage(storage, { kept }, phone) {
        kept.set(phone, storage)
        return storage
      },
      dial: (dial, { kept }, phone) =>
        withSocket(dial, {
          ask(ask, event, body) {
            const storage = kept.get(phone) as Parameters<NonNullable<PlantedBug['bug']['storage']>>[0]
            if (event === 'command') void forgetCommand(storage, (body as SentCommand).commandId)
            return ask(event, body)
          },
        }),
    },
  },
  {
    name: 'new-id-on-resend',
    wrong: 'a wish that is sent again has another id',
    bug: {
      dial: (dial, { kept }) =>
        withSocket(dial, {
          ask(ask, event, body) {
            if (event !== 'command') return ask(event, body)
            const sent = body as SentCommand
            const isAgain = kept.has(sent.commandId)
            kept.set(sent.commandId, true)
            return ask(event, isAgain ? { ...sent, commandId: newId<CommandId>('cmd') } : sent)
          },
        }),
    },
  },
  {
    name: 'retry-taken-as-no',
    wrong: '"retry later" is taken for a refusal',
    bug: {
      dial: (dial) =>
        withSocket(dial, {
          async ask(ask, event, body) {
            const answer = (await ask(event, body)) as { code?: string }
            return event === 'command' && answer.code === 'retry-later' ? { ok: false, code: 'no-such-thing' } : answer
          },
        }),
    },
  },
  {
    name: 'wishes-in-memory',
    wrong: 'wishes are not stored',
    bug: {
      storage: (storage) => ({
        ...storage,
        set: async (key, value) => (key.startsWith('command/') ? undefined : storage.set(key, value)),
      }),
    },
  },
  {
    name: 'fixes-renumbered',
    wrong: 'after a reload a phone numbers its fixes from 1 again in the same stream',
    bug: {
      dial(dial, { kept }, phone) {
        const toFirst = (streamId: string): string => {
          if (!kept.has(phone)) kept.set(phone, streamId)
          kept.set(`${phone} now`, streamId)
          return kept.get(phone) as string
        }
        return withLiveFixes(dial, (fixes) => ({ ...fixes, streamId: toFirst(fixes.streamId) }), {
          async ask(ask, event, body) {
            if (event !== 'fixes' && event !== 'stored') return ask(event, body)
            const { streamId } = body as Fixes
            const answer = (await ask(event, { ...(body as Fixes), streamId: toFirst(streamId) })) as Receipt
            return { ...answer, streamId }
          },
          hear: (event, body, tell) =>
            tell(event === 'receipt' ? { ...(body as Receipt), streamId: kept.get(`${phone} now`) } : body),
        })
      },
    },
  },
  {
    name: 'frames-out-of-order',
    wrong: 'frames overtake each other',
    bug: {
      dial: (dial) =>
        withSocket(dial, {
          hear(event, body, tell) {
            if (event !== 'raw') tell(body)
            else setTimeout(() => tell(body), Math.random() * 8_000)
          },
        }),
    },
  },
  {
    name: 'no-resend-of-fixes',
    wrong: 'a fix that was sent counts as stored',
    bug: {
      dial: (dial) => {
        let hear: ((receipt: Receipt) => void) | undefined
        const counted = (fixes: Fixes): Fixes => {
          // Once the phone itself knows that they are sent.
          queueMicrotask(() =>
            hear?.({ streamId: fixes.streamId, ranges: fixes.fixes.map(({ seq }) => [seq, seq]), aside: {} }),
          )
          return fixes
        }
        return withLiveFixes(dial, counted, {
          hear(event, body, tell) {
            if (event === 'receipt') hear = tell as (receipt: Receipt) => void
            tell(body)
          },
        })
      },
    },
  },
]

/** A dial whose live fixes are changed on their way, whatever else is different. */
function withLiveFixes(dial: Dial, change: (fixes: Fixes) => Fixes, otherwise: Parameters<typeof withSocket>[1]): Dial {
  return (url, greeting) => {
    const decoder = fixDecoder()
    const encoder = fixEncoder()
    return withSocket(dial, {
      ...otherwise,
      emit(emit, event, body) {
        const fixes = event === 'raw' ? decoder.decode(body as Uint8Array) : undefined
        return emit(event, fixes && 'fixes' in fixes ? encoder.encode(change(fixes)) : body)
      },
    })(url, greeting)
  }
}

async function forgetCommand(
  storage: {
    keys(): Promise<readonly string[]>
    get(key: string): Promise<unknown>
    delete(key: string): Promise<void>
  },
  commandId: CommandId,
): Promise<void> {
  for (const key of (await storage.keys()).filter((each) => each.startsWith('command/'))) {
    const stored = (await storage.get(key)) as { sent: SentCommand } | undefined
    if (stored?.sent.commandId === commandId) await storage.delete(key)
  }
}
