/** A game server that coalesces: a room a run, its state a map of members, and what changed in it sent every second. */
import { loadPeer, missingPeer } from '../peers.ts'
import { BACKLOG, type System } from '../system.ts'
import { dialWebSocket } from '../web-socket.ts'
import { positionOf } from './naive.ts'

const PATCH_EVERY_MS = 1_000
const [JOIN_ROOM, ROOM_DATA, ROOM_STATE, ROOM_STATE_PATCH] = [10, 13, 14, 15] as const

// What is used of the packages: their own types are there only when they are.
type Member = ReturnType<typeof positionOf> & { assign(fields: object): void }
type State = { readonly members: Map<string, Member> }
type SchemaPackage = {
  schema(fields: object, name: string): new () => unknown
  t: { float64(): object; float32(): object; map(of: unknown): object }
  Decoder: new (state: State) => { decode(bytes: Uint8Array, from: { offset: number }): unknown }
  encode: { string(bytes: Uint8Array, value: string, at: { offset: number }): void }
}
type Room = { state: State; patchRate: number; maxClients: number; onMessage(type: string, handle: unknown): void }
type CorePackage = {
  Room: new () => Room
  Server: new (
    options: object,
  ) => {
    define(name: string, room: unknown): unknown
    listen(port: number, host: string, backlog: number): Promise<unknown>
    transport: { server: { address(): { port: number } } }
  }
}
type TransportPackage = { WebSocketTransport: new (options: object) => unknown }
type Packr = { pack(value: unknown): Buffer }
type Reserved = { readonly sessionId: string; readonly roomId: string; readonly processId: string }

async function stateClasses() {
  const schemas = await loadPeer<SchemaPackage>('@colyseus/schema')
  const { schema, t } = schemas
  const place = { lat: t.float64(), lon: t.float64(), t: t.float64() }
  const MemberState = schema(
    { ...place, acc: t.float32(), speed: t.float32(), heading: t.float32() },
    'Member',
  ) as new () => Member
  const RunState = schema({ members: t.map(MemberState) }, 'Run') as new () => State
  return { schemas, MemberState, RunState }
}

async function serve(): Promise<number> {
  const core = await loadPeer<CorePackage>('@colyseus/core')
  const { WebSocketTransport } = await loadPeer<TransportPackage>('@colyseus/ws-transport')
  const { MemberState, RunState } = await stateClasses()
  class RunRoom extends core.Room {
    onCreate(): void {
      this.patchRate = PATCH_EVERY_MS
      this.maxClients = 10_000
      this.state = new RunState()
      this.onMessage('position', ({ member }: { member: Member }, position: Member) => member.assign(position))
    }
    onJoin(client: { member: Member }, { no }: { no: number }): void {
      client.member = new MemberState()
      this.state.members.set(String(no), client.member)
    }
  }
  const server = new core.Server({ transport: new WebSocketTransport({}), greet: false })
  server.define('run', RunRoom)
  await server.listen(0, '127.0.0.1', BACKLOG)
  return server.transport.server.address().port
}

async function matchmake(address: string, path: string, options: object): Promise<Reserved> {
  const answer = await fetch(`${address}/matchmake/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(options),
  })
  if (!answer.ok) throw new Error(`matchmake/${path}: ${await answer.text()}`)
  return (await answer.json()) as Reserved
}

export const colyseus: System = {
  about: 'Colyseus, a room a run, its state patched every 1,000 ms, nothing checked or stored',
  isNewestWins: true,
  missing: () => missingPeer('@colyseus/core'),
  start: async (launch) => [await launch.server()],
  serve,
  async prepare([address = ''], { runs }) {
    const { schemas, RunState } = await stateClasses()
    const { Packr } = await loadPeer<{ Packr: new (options: object) => Packr }>('msgpackr')
    const packr = new Packr({ useRecords: false })
    const type = { offset: 1 }
    const head = Buffer.alloc(32, ROOM_DATA)
    schemas.encode.string(head, 'position', type)
    const prefix = head.subarray(0, type.offset)
    const creator = -1
    const roomIds: string[] = []
    for (let runNo = 0; runNo < runs; runNo++)
      roomIds.push((await matchmake(address, 'create/run', { no: creator })).roomId)

    return async (runNo, memberNo, onPlace) => {
      const { roomId, sessionId, processId } = await matchmake(address, `joinById/${roomIds[runNo]}`, { no: memberNo })
      const state = new RunState()
      const decoder = new schemas.Decoder(state)
      let onState: () => void = () => undefined
      const joined = new Promise<void>((resolve) => {
        onState = resolve
      })
      const line = await dialWebSocket(`${address}/${processId}/${roomId}?sessionId=${sessionId}`, {
        onMessage(bytes) {
          if (bytes[0] === JOIN_ROOM) line.binary(Buffer.from([JOIN_ROOM]))
          if (bytes[0] !== ROOM_STATE && bytes[0] !== ROOM_STATE_PATCH) return
          decoder.decode(bytes, { offset: 1 })
          for (const [no, member] of state.members) if (member.t > 0) onPlace(Number(no), member.t)
          onState()
        },
      })
      await joined
      return {
        traffic: line.traffic,
        close: line.close,
        send: (fix) => line.binary(Buffer.concat([prefix, packr.pack(positionOf(fix))])),
      }
    }
  },
}
