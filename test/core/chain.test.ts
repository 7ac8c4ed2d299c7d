import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHAIN_START, isChain, linkOf } from '../../server/core/chain.ts'
import { type Fact, factSchema } from '../../shared/run/events.ts'
import { everyEvent } from '../support/every-event.ts'
import { factsOf } from '../support/given-run.ts'

const key = Buffer.from('one key')
const facts = factsOf(Object.values(everyEvent))

function linksOf(all: readonly Fact[], chainKey = key): string[] {
  let mac = CHAIN_START
  return all.map((fact) => {
    mac = linkOf(chainKey, mac, fact)
    return mac
  })
}
const links = linksOf(facts)

/** The fact with one of its numbers or texts changed. */
function forged(fact: Fact, part: number): Fact {
  const { event, ...rest } = fact
  const parts = Object.entries({ ...rest, ...event }).filter(([, value]) => ['number', 'string'].includes(typeof value))
  const [name, value] = parts[part % parts.length] as [string, number | string]
  const other = typeof value === 'number' ? value + 1 : `${value}x`
  return name in event ? { ...fact, event: { ...event, [name]: other } as Fact['event'] } : { ...fact, [name]: other }
}

test('[CH1] a change of any fact changes its link and every later one, and none before', () => {
  fc.assert(
    fc.property(fc.nat(facts.length - 1), fc.nat(20), (at, part) => {
      const others = linksOf(facts.map((fact, i) => (i === at ? forged(fact, part) : fact)))
      for (const [i, link] of others.entries()) expect(link === links[i]).toBe(i < at)
    }),
  )
})

test('[CH1] a fact left out or moved breaks the chain from there on', () => {
  const [first, second, ...rest] = facts as [Fact, Fact, ...Fact[]]
  expect(linksOf([first, ...rest]).some((link) => links.indexOf(link) > 0)).toBe(false)
  expect(linksOf([second, first, ...rest]).some((link) => links.includes(link))).toBe(false)
})

test('[CH2] only the holder of the key can make a link', () => {
  const others = linksOf(facts, Buffer.from('another key'))
  expect(others.some((link) => links.includes(link))).toBe(false)
})

test('[CH3] a fact that came back from a phone has the link it left with', () => {
  const returned = facts.map((fact) => factSchema.parse(JSON.parse(JSON.stringify(fact))))
  expect(linksOf(returned)).toEqual(links)
})

test('[CH4] a journal is a chain only if each link stands on the one before', () => {
  const entries = facts.map((fact, i) => ({ fact, mac: links[i] as string }))
  expect(isChain(key, CHAIN_START, entries)).toBe(true)
  expect(isChain(key, links[4] as string, entries.slice(5))).toBe(true)
  expect(isChain(key, links[3] as string, entries.slice(5))).toBe(false)
  expect(isChain(key, CHAIN_START, entries.slice(1))).toBe(false)
  fc.assert(
    fc.property(fc.nat(facts.length - 1), fc.nat(20), (at, part) => {
      const changed = entries.map((entry, i) => (i === at ? { ...entry, fact: forged(entry.fact, part) } : entry))
      expect(isChain(key, CHAIN_START, changed)).toBe(false)
    }),
  )
})
