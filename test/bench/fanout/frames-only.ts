/**
 * Serik's lane and nothing else of it: Socket.IO with its parser, raw messages, places, frames and ticks, put together from the
 * server's own parts. No seats, no schema but the codec's, no belief, no store, no progress. A seat is RUN/MEMBER.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import * as socketIoParser from 'socket.io-parser'
import { rawLane } from '../../../server/transport/raw-lane.ts'
import { seatSocket } from '../../../server/transport/seat-socket.ts'
import { lanesOf } from '../../../server/usecase/lanes.ts'
import { placesFrom } from '../../../server/usecase/places.ts'
import { newTally } from '../../../server/usecase/tally.ts'
import { tickerOf } from '../../../server/usecase/ticker.ts'
import { fixDecoder } from '../../../shared/frame/fix-codec.ts'
import { rawParser } from '../../../shared/protocol/raw-parser.ts'
import type { RunEvent } from '../../../shared/run/events.ts'
import { evolve, newRun } from '../../../shared/run/evolve.ts'
import type { RunState } from '../../../shared/run/state.ts'
import { type MemberId, type RunId, SECOND_MS } from '../../../shared/units.ts'
import { BACKLOG } from './system.ts'

const noProgress = { hear: () => false, of: () => null }

const memberIdOf = (memberNo: number) => `mbr_bench${String(memberNo).padStart(12, '0')}` as MemberId
/** As random in its last digits as a run's own id. */
const runIdOf = (runNo: number) =>
  `run_bench${((runNo * 2_654_435_761) % 2 ** 31).toString(36).padStart(12, '0')}` as RunId

/** Numbered from 1; all of them share their place. */
function runWith(count: number): RunState {
  const facts = Array.from({ length: count }, (_, at) => at + 1).flatMap((memberNo): RunEvent[] => {
    const memberId = memberIdOf(memberNo)
    const nothing = { groupId: null, wardId: null, startNumber: null, inviteId: null }
    return [
      { type: 'member-joined', memberId, memberNo, role: 'runner', ...nothing },
      { type: 'sharing-started', memberId, fromMs: 0 },
    ]
  })
  return facts.reduce<RunState>(
    (run, event, at) => evolve(run, { version: at + 1, atMs: 0, byId: null, event }),
    newRun,
  )
}

export async function serveFramesOnly(members: number): Promise<number> {
  const tally = newTally()
  const everybody = runWith(members)
  const makeRoom = () => {
    const lanes = lanesOf(tally)
    return { lanes, places: placesFrom(new Map(), noProgress, lanes.moved) }
  }
  const rooms = new Map<RunId, ReturnType<typeof makeRoom>>()
  const http = createServer()
  const io = new Server(http, {
    parser: rawParser(socketIoParser),
    serveClient: false,
    pingInterval: 5_000,
    pingTimeout: 5_000,
  })
  io.on('connection', (socket) => {
    const [runNo = 0, memberNo = 0] = String(socket.handshake.auth.seat).split('/').map(Number)
    const runId = runIdOf(runNo)
    const room = rooms.get(runId) ?? makeRoom()
    rooms.set(runId, room)
    const memberId = memberIdOf(memberNo)
    const decoder = fixDecoder()
    const raw = rawLane(socket, true, (message) => {
      const read = decoder.decode(message)
      if ('field' in read) return
      for (const { seq: _, ...fix } of read.fixes) room.places.move(memberId, fix)
    })
    const link = seatSocket(socket, { runId, memberId, seatNo: 1 }, tally, raw)
    room.lanes.enter(link)
    socket.on('disconnect', () => room.lanes.leave(link))
  })
  tickerOf(SECOND_MS, (isIts) => {
    for (const [runId, { lanes, places }] of rooms) {
      if (!isIts(runId)) continue
      places.refresh(everybody.members)
      lanes.tick(everybody, places, Date.now(), 0)
    }
  }).start()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', BACKLOG, resolve))
  return (http.address() as AddressInfo).port
}
