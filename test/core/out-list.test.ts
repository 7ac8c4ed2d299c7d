import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openOutList } from '../../server/out-list.ts'
import { aidar, dana } from '../support/people.ts'
import { runId } from '../support/store-samples.ts'

test('[OL1] the out list survives a restart and a line cut short, and says each thing once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'serik-out-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'out.jsonl')
  const noFault = (fault: unknown) => {
    throw fault
  }
  const open = () => openOutList(file, noFault)
  const [one, other] = [runId(1), runId(2)]

  const list = open()
  for (let i = 0; i < 3; i++) {
    list.put(one, { memberId: aidar, seatNo: 1, isErased: false })
    list.put(one, { memberId: dana, seatNo: null, isErased: false })
    list.forget(other)
  }
  list.put(one, { memberId: aidar, seatNo: 2, isErased: false })
  list.put(one, { memberId: aidar, seatNo: 1, isErased: false })
  list.put(one, { memberId: dana, seatNo: null, isErased: true })
  appendFileSync(file, '{"runId":"run_0000')
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(6)
  expect(statSync(file).mode & 0o077).toBe(0)

  for (const each of [list, open()]) {
    expect([1, 2, 3].map((seatNo) => each.isOut(one, aidar, seatNo))).toEqual([true, true, false])
    expect(each.isOut(one, dana, 99)).toBe(true)
    expect(each.isOut(other, dana, 1)).toBe(false)
    expect([each.isForgotten(one), each.isForgotten(other)]).toEqual([false, true])
    expect(each.of(one)).toEqual([
      { memberId: aidar, seatNo: 2, isErased: false },
      { memberId: dana, seatNo: null, isErased: true },
    ])
  }
})
