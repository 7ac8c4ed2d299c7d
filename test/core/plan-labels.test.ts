import { describe, expect, test } from 'vitest'
import { shortNameOf } from '../../client/state/people.ts'
import { around, boxOf, haveLetters, type Label, labelsWritten, type Spot } from '../../client/state/plan-labels.ts'

const size = { widthPx: 300, heightPx: 200 }
const below: Spot = { x: 0, y: 20, anchor: 'middle' }
const right: Spot = { x: 20, y: 0, anchor: 'start' }
const left: Spot = { x: -20, y: 0, anchor: 'end' }

const label = (key: string, x: number, more: Partial<Label> = {}): Label => ({
  key,
  rank: 0,
  at: { x, y: 100 },
  texts: ['4 s'],
  spots: [below, right, left],
  ...more,
})

const spotsOf = (labels: readonly Label[], taken = [] as ReturnType<typeof around>[]) =>
  Object.fromEntries([...labelsWritten(labels, taken, size)].map(([key, { text, spot }]) => [key, [text, spot]]))

describe('words on the sheet', () => {
  test('[MA19] each stands in its first spot that is free, over no dot and no other word', () => {
    const taken = [around({ x: 150, y: 120 }, 10)]
    expect(spotsOf([label('a', 50), label('b', 150)], taken)).toEqual({ a: ['4 s', below], b: ['4 s', right] })
    const crowd = Array.from({ length: 30 }, (_, no) => label(`dot ${no}`, 100 + 3 * no))
    const written = labelsWritten(crowd, [], size)
    const boxes = crowd.flatMap(({ key, at }) => {
      const found = written.get(key)
      return found ? [boxOf(found.text, at, found.spot)] : []
    })
    expect(boxes.length).toBeGreaterThan(3)
    expect(boxes.length).toBeLessThan(30)
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true)
  })

  test('[MA19] the important is written first, whatever comes first; a name shrinks to what has room, or gives way', () => {
    const named = { texts: ['Alexander · 4 s', '4 s'] }
    const both = [label('other', 100, { rank: 6 }), label('asks', 110, { rank: 1, ...named })]
    expect(spotsOf(both).asks).toEqual(['Alexander · 4 s', below])
    expect(spotsOf(both).other).toEqual(['4 s', right])
    const between = [around({ x: 70, y: 120 }, 18), around({ x: 130, y: 120 }, 18), around({ x: 100, y: 100 }, 12)]
    expect(spotsOf([label('narrow', 100, { ...named, spots: [below] })], between)).toEqual({ narrow: ['4 s', below] })
    expect(spotsOf([label('none', 100, { spots: [below] })], [around({ x: 100, y: 120 }, 5)])).toEqual({})
  })

  test('[AF13] in a replay letters are for the important first, and for others where they have room', () => {
    const dots = [50, 55, 90, 71].map((x) => ({ x, y: 10 }))
    expect(haveLetters(dots, 20)).toEqual([true, false, true, false])
    expect(haveLetters([], 20)).toEqual([])
  })

  test('[MA19] nothing is cut by the edge of the sheet', () => {
    expect(spotsOf([label('at the right', 295)])).toEqual({ 'at the right': ['4 s', left] })
    expect(spotsOf([label('beyond', 340)])).toEqual({})
  })

  test('[MA19] beside a dot a name is one word, and no longer than there is room for', () => {
    expect(['Айгерім Сейдахметова', 'Konstantinopolsky A.', '#12', ''].map(shortNameOf)).toEqual([
      'Айгерім',
      'Konstantino…',
      '#12',
      '',
    ])
  })
})
