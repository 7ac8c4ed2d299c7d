import { useState } from 'preact/hooks'
import { MESSAGE_MAX } from '../../../shared/run/words.ts'
import type { MessageId } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import { messagesOf } from '../../state/messages.ts'
import { useRun } from '../run/running.ts'
import { ageText, t } from '../texts.ts'

/** A few words to everybody, and how many have seen them. */
export function Messages() {
  const { view, nowMs, wish } = useRun()
  const [text, setText] = useState('')
  const isOver = view.run.head.phase === 'ended'
  const messages = messagesOf(view).filter((message) => message.text !== '')

  const send = async (event: Event) => {
    event.preventDefault()
    if (text.trim() === '') return
    setText('')
    const answer = await wish({
      type: 'send-message',
      messageId: newId<MessageId>('msg'),
      text: text.trim(),
      groupId: null,
    })
    if (!answer.ok) setText(text)
  }
  if (isOver && messages.length === 0) return null
  return (
    <section class="card" aria-labelledby="messages">
      <h2 id="messages">{t.lead.message}</h2>
      {!isOver && (
        <form class="row end" onSubmit={send}>
          <input
            class="grow"
            type="text"
            value={text}
            maxLength={MESSAGE_MAX}
            placeholder={t.lead.messagePlaceholder}
            aria-labelledby="messages"
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit">{t.lead.send}</button>
        </form>
      )}
      {messages.length > 0 && (
        <ul class="list">
          {messages.map(({ messageId, text: said, by, atMs, seenCount, toCount }) => (
            <li key={messageId}>
              <p>{said}</p>
              <small>
                {by}, {t.age.ago(ageText(Math.max(0, nowMs - atMs)))}, {t.lead.seen(seenCount, toCount)}
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
