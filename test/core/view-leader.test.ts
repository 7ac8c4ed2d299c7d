import { describe, expect, test } from 'vitest'
import { guestEntry } from '../../client/state/guest-entry.ts'
import { handOverList } from '../../client/state/hand-over-list.ts'
import { messagesOf, unseenMessages } from '../../client/state/messages.ts'
import { wordKey } from '../../shared/run/words.ts'
import { at, by, event } from '../support/given-run.ts'
import { aidar, dana, lena, madina, message, START_MS, stopped, sunday, underWay } from '../support/people.ts'
import { placed, viewOf } from '../support/view-of.ts'

describe('counting guests in', () => {
  test.each([
    ['+12', { count: 12, name: null, startNumber: null }],
    [' + 3 ', { count: 3, name: null, startNumber: null }],
    ['17', { count: 1, name: null, startNumber: '17' }],
    ['#17', { count: 1, name: null, startNumber: '17' }],
    ['No. 204a', { count: 1, name: null, startNumber: '204a' }],
    ['№ 8', { count: 1, name: null, startNumber: '8' }],
    ['Uncle Serik', { count: 1, name: 'Uncle Serik', startNumber: null }],
    ['', null],
    ['+0', null],
    ['+501', null],
    ['+ many', null],
    ['x'.repeat(41), null],
  ])('[VW20] "%s" is understood', (typed, entry) => {
    expect(guestEntry(typed)).toEqual(entry)
  })
})

describe('messages', () => {
  const sent = (no: number, afterMs: number) => ({
    ...at(START_MS + afterMs, event({ type: 'message-sent', messageId: message(no), groupId: null })),
    byId: lena,
  })
  const words = [1, 2].map((no) => ({ key: wordKey.message(message(no)), ownerId: lena, text: `word ${no}` }))
  const saw = (memberId: typeof aidar) => event({ type: 'message-seen', messageId: message(1), memberId })

  test('[VW21] a leader reads how many have seen each, the newest first', () => {
    const view = viewOf([...sunday, sent(1, 0), sent(2, 9), by(aidar, saw(aidar)), by(dana, saw(dana))], { words })
    expect(messagesOf(view).map(({ text, isMine, seenCount, toCount }) => [text, isMine, seenCount, toCount])).toEqual([
      ['word 2', true, 0, 4],
      ['word 1', true, 2, 4],
    ])
    expect(unseenMessages(view)).toEqual([])
  })

  test('[VW22] others get what they have not seen, the oldest first; a tap counts before it is sent', () => {
    const history = [...sunday, sent(1, 0), sent(2, 9)]
    const unseen = (...more: Parameters<typeof viewOf>[0]) =>
      unseenMessages(viewOf([...history, ...more], { by: aidar, words })).map(({ text }) => text)
    expect(unseen()).toEqual(['word 1', 'word 2'])
    expect(unseen(by(aidar, saw(aidar)))).toEqual(['word 2'])
    const tapped = viewOf(history, { by: aidar, words, waiting: [{ type: 'see-message', messageId: message(2) }] })
    expect(unseenMessages(tapped).map(({ text }) => text)).toEqual(['word 1'])
  })

  test('[VW22] a message whose words were erased bothers nobody', () => {
    expect(unseenMessages(viewOf([...sunday, sent(1, 0)], { by: aidar }))).toEqual([])
  })
})

describe('handing over without a request', () => {
  test('[VW23] offers those who take part and have not stopped, the nearest first', () => {
    const view = viewOf([...underWay, stopped(lena)], {
      by: dana,
      places: [
        [dana, placed(0, 0)],
        [madina, placed(0.001, 0)],
        [aidar, placed(0.002, 0)],
      ],
    })
    expect(handOverList(view, '', START_MS).map(({ name }) => name)).toEqual(['Madina', 'Aidar', 'Timur'])
    expect(handOverList(view, 'aid', START_MS).map(({ name }) => name)).toEqual(['Aidar'])
  })
})
