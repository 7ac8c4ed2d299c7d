import { useState } from 'preact/hooks'
import type { MessageId } from '../../../shared/units.ts'
import { unseenMessages } from '../../state/messages.ts'
import { t } from '../texts.ts'
import { useRun } from './running.ts'

/** What a leader told everybody, until its reader taps that they have seen it. */
export function UnseenMessages() {
  const { view, wish } = useRun()
  // A watcher's tap changes nothing in the run, and still clears their own screen.
  const [tapped, setTapped] = useState<ReadonlySet<MessageId>>(new Set())
  const see = (messageId: MessageId) => {
    setTapped(new Set([...tapped, messageId]))
    void wish({ type: 'see-message', messageId })
  }
  return (
    <>
      {unseenMessages(view)
        .filter(({ messageId }) => !tapped.has(messageId))
        .map(({ messageId, text, by }) => (
          <div key={messageId} class="card message" role="status">
            <div class="grow">
              <small>{t.messages.from(by)}</small>
              <p>{text}</p>
            </div>
            <button type="button" onClick={() => see(messageId)}>
              {t.messages.seen}
            </button>
          </div>
        ))}
    </>
  )
}
