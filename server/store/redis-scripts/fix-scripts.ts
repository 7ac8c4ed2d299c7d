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

/** How many fixes of the source are kept, and its ranges. Of before, when each had an element of its own: without the count. */
const counted = `
local function counted(text, pointsKey)
  local kept, all = string.match(text or '0;', '^(%d+);(.*)$')
  if kept then return tonumber(kept), all end
  return redis.call('LLEN', pointsKey), text
end
`

/**
 * KEYS prefix, tombstones. ARGV node, new life, run, then each batch: member, source, `1` for a phone, progress or
 * nothing, counted lists of put aside (reason, count) and dropped numbers, how many points, all of them packed, the first and
 * last number of a phone's that are in a row or twice nothing, the newest believed point and its time or twice nothing. Answers
 * with `stored`, `no-run` or `forgotten`, the count of the node's writes, and for each batch its ranges, count and
 * numbers put aside, or `had` for an erased member; last the life of the run.
 */
export const putFixesScript = script(
  2,
  `
local base = KEYS[1]
local at = 0
local function word() at = at + 1 return ARGV[at] end
${ranges}${counted}
local node, newLife, run = word(), word(), word()
if redis.call('LLEN', base .. 'journal') == 0 then
  return {redis.call('SISMEMBER', KEYS[2], run) == 1 and 'forgotten' or 'no-run', 0, {}}
end
redis.call('HSETNX', base .. 'meta', 'life', newLife)
local writes = redis.call('HINCRBY', base .. 'meta', 'w:' .. node, 1)
local erased = {}
for _, member in ipairs(redis.call('SMEMBERS', base .. 'erased')) do erased[member] = true end

local function skip()
  word()
  for i = 1, tonumber(word()) * 2 do word() end
  for i = 1, tonumber(word()) do word() end
  for i = 1, 6 do word() end
end

local function timeOf(packed) return tonumber(string.match(packed, '^%[%d+,%d+,(%d+)')) end

-- as they come live: in a row, behind all that is there; else nothing
local function behind(all, first, last)
  if first == '' then return nil end
  if all == '' then return first .. '-' .. last end
  local before, lastBefore = string.match(all, '^(.*%-)(%d+)$')
  if tonumber(lastBefore) + 1 == tonumber(first) then return before .. last end
end

local function keepProgress(member, progress)
  local before = string.match(redis.call('HGET', base .. 'progress', member) or '0', '^%d+')
  if tonumber(string.match(progress, '^%d+')) >= tonumber(before) then
    redis.call('HSET', base .. 'progress', member, progress)
  end
end

-- reasons and counts as \`nowhere:2,...\`
local function sumOf(counts)
  local sums = {}
  for reason, count in string.gmatch(counts, '([^:,]+):(%d+)') do sums[reason] = tonumber(count) end
  for i = 1, tonumber(word()) do
    local reason = word()
    sums[reason] = (sums[reason] or 0) + tonumber(word())
  end
  local parts = {}
  for reason, count in pairs(sums) do parts[#parts + 1] = reason .. ':' .. string.format('%.0f', count) end
  return table.concat(parts, ',')
end

local function put(member, source, isPhone)
  local pointsKey, keysKey = base .. 'points:' .. member .. ':' .. source, base .. 'keys:' .. member .. ':' .. source
  local rangesKey = base .. 'ranges:' .. member
  local known = redis.call('HMGET', rangesKey, source, 'newest', 'aside')
  local kept, all = counted(known[1], pointsKey)
  local shown, aside = known[2] or '', known[3] or ''
  local shownAtMs = shown == '' and -1 or timeOf(shown)
  if not known[1] then redis.call('SADD', base .. 'members', member) end

  local progress = word()
  if progress ~= '' then keepProgress(member, progress) end
  if ARGV[at + 1] == '0' then word() else aside = sumOf(aside) end
  local dropped = {}
  for i = 1, tonumber(word()) do dropped[i] = tonumber(word()) end
  local count, points, first, last, newest, newestAtMs = tonumber(word()), word(), word(), word(), word(), tonumber(word())

  local longer = behind(all, first, last)
  if longer then
    redis.call('RPUSH', pointsKey, points)
    if newest ~= '' and newestAtMs > shownAtMs then shown = newest end
    kept, all = kept + count, longer
  end
  if #dropped > 0 or (count > 0 and not longer) then
    local from, to = parsed(all)
    local fresh = {}
    for packed in string.gmatch(longer and '' or points, '%b[]') do
      local key, flag, takenAtMs = string.match(packed, '^%[(%d+),(%d+),(%d+)')
      local isNew
      if isPhone then isNew = add(from, to, tonumber(key)) else isNew = redis.call('SADD', keysKey, key) == 1 end
      if isNew then
        fresh[#fresh + 1] = packed
        if flag == '0' and tonumber(takenAtMs) > shownAtMs then shown, shownAtMs = packed, tonumber(takenAtMs) end
      end
    end
    if #fresh > 0 then redis.call('RPUSH', pointsKey, table.concat(fresh, ',')) end
    if isPhone then for _, key in ipairs(dropped) do add(from, to, key) end end
    kept, all = kept + #fresh, printed(from, to)
  end
  redis.call('HSET', rangesKey, source, string.format('%.0f;', kept) .. all, 'newest', shown, 'aside', aside)
  return {all, kept, aside}
end

local answers = {}
while at < #ARGV do
  local member, source, isPhone = word(), word(), word() == '1'
  if erased[member] then
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
${counted}
local known = redis.call('HMGET', base .. 'ranges:' .. member, source, 'aside')
local kept, all = counted(known[1], base .. 'points:' .. member .. ':' .. source)
return {all, kept, known[2] or ''}`,
)

/** KEYS prefix. Answers with each member who has one, and their newest believed fix. */
export const newestScript = script(
  1,
  `
local all = {}
for _, member in ipairs(redis.call('SMEMBERS', KEYS[1] .. 'members')) do
  local newest = redis.call('HGET', KEYS[1] .. 'ranges:' .. member, 'newest')
  if newest and newest ~= '' then
    all[#all + 1] = member
    all[#all + 1] = newest
  end
end
return all`,
)
