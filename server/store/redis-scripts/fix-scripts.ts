/** What keeps fixes, each once. The keys are told in run-scripts.ts. */
import { script } from '../redis-ask.ts'

/** Numbers of a phone as sorted ranges that neither touch nor overlap; never through cjson, which rounds them to 14 digits. */
const ranges = `
local function parsed(text)
  local from, to = {}, {}
  for a, b in string.gmatch(text, '(%d+)-(%d+)') do
    from[#from + 1] = tonumber(a)
    to[#to + 1] = tonumber(b)
  end
  return from, to
end
local function printed(from, to)
  local parts = {}
  for i = 1, #from do parts[i] = string.format('%.0f-%.0f', from[i], to[i]) end
  return table.concat(parts, ',')
end
-- whether the number was not there before
local function add(from, to, key)
  local low, high = 1, #from + 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if to[middle] < key - 1 then low = middle + 1 else high = middle end
  end
  if low > #from or from[low] > key + 1 then
    table.insert(from, low, key)
    table.insert(to, low, key)
  elseif to[low] == key - 1 then
    to[low] = key
    if from[low + 1] == key + 1 then
      to[low] = table.remove(to, low + 1)
      table.remove(from, low + 1)
    end
  elseif from[low] == key + 1 then from[low] = key
  else return false end
  return true
end
`

/**
 * KEYS prefix, tombstones. ARGV node, new life, run, then each batch: member, source, `1` for a phone, progress or
 * nothing, counted lists of put aside (reason, count), dropped numbers and packed points. Answers with `stored`, `no-run` or
 * `forgotten`, the count of the node's writes, and for each batch its ranges, count and numbers put aside, or
 * `had` for an erased member; last the life of the run.
 */
export const putFixesScript = script(
  2,
  `
local base = KEYS[1]
local at = 0
local function word() at = at + 1 return ARGV[at] end
${ranges}
local node, newLife, run = word(), word(), word()
if redis.call('LLEN', base .. 'journal') == 0 then
  return {redis.call('SISMEMBER', KEYS[2], run) == 1 and 'forgotten' or 'no-run', 0, {}}
end
redis.call('HSETNX', base .. 'meta', 'life', newLife)
local writes = redis.call('HINCRBY', base .. 'meta', 'w:' .. node, 1)

local function skip()
  word()
  for i = 1, tonumber(word()) * 2 do word() end
  for i = 1, tonumber(word()) do word() end
  for i = 1, tonumber(word()) do word() end
end

local function put(member, source, isPhone)
  local pointsKey, keysKey = base .. 'points:' .. member .. ':' .. source, base .. 'keys:' .. member .. ':' .. source
  local asideKey, rangesKey = base .. 'aside:' .. member, base .. 'ranges:' .. member
  redis.call('SADD', base .. 'members', member)
  local progress = word()
  if progress ~= '' then
    local before = string.match(redis.call('HGET', base .. 'progress', member) or '0', '^%d+')
    if tonumber(string.match(progress, '^%d+')) >= tonumber(before) then
      redis.call('HSET', base .. 'progress', member, progress)
    end
  end
  for i = 1, tonumber(word()) do
    local reason, count = word(), word()
    redis.call('HINCRBY', asideKey, reason, count)
  end

  local from, to = parsed(redis.call('HGET', rangesKey, source) or '')
  local dropped = {}
  for i = 1, tonumber(word()) do dropped[i] = tonumber(word()) end
  local newest = redis.call('HGET', base .. 'newest', member)
  local newestAtMs = newest and tonumber(string.match(newest, '^%[%d+,%d+,(%d+)')) or -1
  local fresh = {}
  for i = 1, tonumber(word()) do
    local packed = word()
    local key, flag, takenAtMs = string.match(packed, '^%[(%d+),(%d+),(%d+)')
    local isNew
    if isPhone then isNew = add(from, to, tonumber(key)) else isNew = redis.call('SADD', keysKey, key) == 1 end
    if isNew then
      fresh[#fresh + 1] = packed
      if flag == '0' and tonumber(takenAtMs) > newestAtMs then newest, newestAtMs = packed, tonumber(takenAtMs) end
    end
  end
  for i = 1, #fresh, 500 do redis.call('RPUSH', pointsKey, unpack(fresh, i, math.min(i + 499, #fresh))) end
  if newest then redis.call('HSET', base .. 'newest', member, newest) end
  if isPhone then for _, key in ipairs(dropped) do add(from, to, key) end end
  local all = printed(from, to)
  redis.call('HSET', rangesKey, source, all)
  return {all, redis.call('LLEN', pointsKey), redis.call('HGETALL', asideKey)}
end

local answers = {}
while at < #ARGV do
  local member, source, isPhone = word(), word(), word() == '1'
  if redis.call('SISMEMBER', base .. 'erased', member) == 1 then
    skip()
    answers[#answers + 1] = 'had'
  else
    answers[#answers + 1] = put(member, source, isPhone)
  end
end
return {'stored', writes, answers, redis.call('HGET', base .. 'meta', 'life')}`,
)

/** KEYS prefix. ARGV member, source. Answers as for one batch. */
export const storedScript = script(
  1,
  `
local base, member, source = KEYS[1], ARGV[1], ARGV[2]
return {
  redis.call('HGET', base .. 'ranges:' .. member, source) or '',
  redis.call('LLEN', base .. 'points:' .. member .. ':' .. source),
  redis.call('HGETALL', base .. 'aside:' .. member)
}`,
)
