/**
 * What changes a run in one step. Redis runs a script alone and whole; the first write of each is one that a
 * full Redis refuses, so that a refusal leaves no trace.
 *
 * The keys of a run, after the prefix that is KEYS[1] (`?` is a member, `!` a source):
 *   journal    LIST  `<fact as JSON>\n<id of the append, at its first entry>\n<mac>`
 *   commands   HASH  command -> version of its first fact
 *   words      HASH  key -> `<owner or nothing>\n<text>`
 *   routes     HASH  route -> JSON
 *   attached   HASH  tracker -> members, one a line
 *   erased     SET   members
 *   clubs      SET   clubs the run is under
 *   members    SET   who has fixes or counts
 *   progress   HASH  member -> `<when its newest fix was taken>\n<JSON>`
 *   ranges:?   HASH  source -> how many fixes are kept, `;`, and `1-5,7-9` of a phone, nothing of a tracker; of all sources
 *                    `newest` -> the newest believed fix, packed, and `aside` -> `reason:count,...`
 *   points:?:! LIST  fixes, packed, those that came together in one element (redis-points.ts)
 *   keys:?:!   SET   of a tracker: the keys of its fixes
 *   meta       HASH  life; `w:<node>` -> how many writes of that node are in
 */
import { script } from '../redis-ask.ts'

const words = `
local base = KEYS[1]
local at = 0
local function word() at = at + 1 return ARGV[at] end
local function number() return tonumber(word()) end
`

/** Also gives a run its first life. */
const touched = `
local function touched(node, newLife)
  redis.call('HSETNX', base .. 'meta', 'life', newLife)
  return redis.call('HINCRBY', base .. 'meta', 'w:' .. node, 1)
end
local function lifeNow() return redis.call('HGET', base .. 'meta', 'life') end
`

const dropMember = `
local function dropMember(member)
  for _, source in ipairs(redis.call('HKEYS', base .. 'ranges:' .. member)) do
    redis.call('UNLINK', base .. 'points:' .. member .. ':' .. source, base .. 'keys:' .. member .. ':' .. source)
  end
  redis.call('UNLINK', base .. 'ranges:' .. member)
  redis.call('SREM', base .. 'members', member)
  redis.call('HDEL', base .. 'progress', member)
end
`

/**
 * KEYS prefix, tombstones, wake index. ARGV node, new life, id of the append, run, expected version, mac before,
 * wake time or nothing; then counted lists: entries (command, text), erased members, words (key, owner, text),
 * detached (tracker, member), attached (tracker, member). Answers with `appended`, `conflict` or `forgotten`,
 * the count of the node's writes, and the life of the run.
 */
export const appendScript = script(
  3,
  `${words}${touched}${dropMember}
local node, newLife, appendId, run = word(), word(), word(), word()
local expected, afterMac, wakeAtMs = number(), word(), word()
if redis.call('SISMEMBER', KEYS[2], run) == 1 then return {'forgotten', 0} end

local journal = base .. 'journal'
local version = redis.call('LLEN', journal)
local function idAndMac(index)
  return string.match(redis.call('LINDEX', journal, index), '^[^\\n]*\\n([^\\n]*)\\n(.*)$')
end
if version > expected and idAndMac(expected) == appendId then return {'appended', touched(node, newLife), lifeNow()} end
local mac = ''
if version > 0 then mac = select(2, idAndMac(-1)) end
if version ~= expected or mac ~= afterMac then return {'conflict', 0} end

for i = 1, number() do
  local command, text = word(), word()
  redis.call('RPUSH', journal, text)
  redis.call('HSETNX', base .. 'commands', command, version + i)
end
if version == 0 then redis.call('PERSIST', base .. 'routes') end
if wakeAtMs == '' then redis.call('ZREM', KEYS[3], run) else redis.call('ZADD', KEYS[3], wakeAtMs, run) end

local erased = base .. 'erased'
local gone = {}
for i = 1, number() do
  local member = word()
  gone[member] = true
  redis.call('SADD', erased, member)
end
local function isErased(member) return redis.call('SISMEMBER', erased, member) == 1 end

for i = 1, number() do
  local key, owner, text = word(), word(), word()
  if text == '' then redis.call('HDEL', base .. 'words', key)
  elseif owner == '' or not isErased(owner) then redis.call('HSET', base .. 'words', key, owner .. '\\n' .. text) end
end

local attached = base .. 'attached'
local function membersOf(tracker, except)
  local kept = {}
  for member in string.gmatch(redis.call('HGET', attached, tracker) or '', '[^\\n]+') do
    if not except[member] then kept[#kept + 1] = member end
  end
  return kept
end
local function attach(tracker, members)
  if #members == 0 then redis.call('HDEL', attached, tracker)
  else redis.call('HSET', attached, tracker, table.concat(members, '\\n')) end
end
for i = 1, number() do
  local tracker, member = word(), word()
  attach(tracker, membersOf(tracker, {[member] = true}))
end
for i = 1, number() do
  local tracker, member = word(), word()
  if not isErased(member) then
    local members = membersOf(tracker, {[member] = true})
    members[#members + 1] = member
    attach(tracker, members)
  end
end

if next(gone) then
  for member in pairs(gone) do dropMember(member) end
  local all = redis.call('HGETALL', base .. 'words')
  for i = 1, #all, 2 do
    if gone[string.match(all[i + 1], '^[^\\n]*')] then redis.call('HDEL', base .. 'words', all[i]) end
  end
  for _, tracker in ipairs(redis.call('HKEYS', attached)) do attach(tracker, membersOf(tracker, gone)) end
end
return {'appended', touched(node, newLife), lifeNow()}`,
)

/** KEYS prefix, tombstones. ARGV run, route, JSON, how long in s it waits for its run. Answers with `put` or `forgotten`. */
export const putRouteScript = script(
  2,
  `${words}
local run, route, json, waitS = word(), word(), word(), word()
if redis.call('SISMEMBER', KEYS[2], run) == 1 then return 'forgotten' end
redis.call('HSET', base .. 'routes', route, json)
if redis.call('LLEN', base .. 'journal') == 0 then redis.call('EXPIRE', base .. 'routes', waitS) end
return 'put'`,
)

/** KEYS prefix, wake index. ARGV run, version, wake time or nothing. */
export const setWakeScript = script(
  2,
  `${words}
local run, version, wakeAtMs = word(), number(), word()
if version == 0 or redis.call('LLEN', base .. 'journal') ~= version then return 0 end
if wakeAtMs == '' then redis.call('ZREM', KEYS[2], run) else redis.call('ZADD', KEYS[2], wakeAtMs, run) end
return 1`,
)

/** KEYS prefix, tombstones. ARGV run, club. Answers with 1, or 0 for a run that is not there. */
export const underClubScript = script(
  2,
  `${words}
local run, club = word(), word()
if redis.call('SISMEMBER', KEYS[2], run) == 1 or redis.call('LLEN', base .. 'journal') == 0 then return 0 end
redis.call('SADD', base .. 'clubs', club)
return 1`,
)

/** KEYS a club's secrets. ARGV which, number and key of its renewal. Answers with both of the newest. */
export const renewClubScript = script(
  1,
  `
local known = redis.call('HGET', KEYS[1], ARGV[1]) or '0\\n'
if tonumber(ARGV[2]) > tonumber(string.match(known, '^%d+')) then
  known = ARGV[2] .. '\\n' .. ARGV[3]
  redis.call('HSET', KEYS[1], ARGV[1], known)
end
return known`,
)

/**
 * KEYS prefix, tombstones, wake index. ARGV run. Answers with the trackers that were attached, and the clubs. A full Redis
 * lets it through, for it makes room.
 */
export const forgetScript = script(
  3,
  `${words}${dropMember}
local run = word()
local trackers = redis.call('HKEYS', base .. 'attached')
local clubs = redis.call('SMEMBERS', base .. 'clubs')
for _, name in ipairs({'commands', 'words', 'routes', 'attached', 'erased', 'clubs', 'meta', 'journal'}) do
  redis.call('UNLINK', base .. name)
end
for _, member in ipairs(redis.call('SMEMBERS', base .. 'members')) do dropMember(member) end
redis.call('ZREM', KEYS[3], run)
redis.call('SADD', KEYS[2], run)
return {trackers, clubs}`,
)

/** KEYS prefix, tombstones. ARGV node, run. Answers with the version, the last entry, the life, the count of the node's writes, whether it is forgotten. */
export const headScript = script(
  2,
  `${words}
local node, run = word(), word()
local meta = redis.call('HMGET', base .. 'meta', 'life', 'w:' .. node)
local last = redis.call('LINDEX', base .. 'journal', -1)
return {redis.call('LLEN', base .. 'journal'), last or '', meta[1] or '', meta[2] or 0, redis.call('SISMEMBER', KEYS[2], run)}`,
)

/** KEYS prefix. ARGV the life that was seen, a new one. Answers with the life there is then. */
export const renewLifeScript = script(
  1,
  `${words}
local seen, new = word(), word()
local life = redis.call('HGET', base .. 'meta', 'life') or ''
if life ~= seen then return life end
redis.call('HSET', base .. 'meta', 'life', new)
return new`,
)

/** KEYS settled, fence. ARGV name, value. Answers with the first value. */
export const settleScript = script(
  2,
  `
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
redis.call('INCR', KEYS[2])
return redis.call('HGET', KEYS[1], ARGV[1])`,
)
