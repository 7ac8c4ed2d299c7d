/** RULES.md, the titles of the tests and the comments of the code name the same rules. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Rules without a test of their own title, each with the reason. */
const untested: Readonly<Record<string, string>> = {
  G5: 'held by SY1 and SY2; the times are measured by the bench',
  G7: 'held one by one by BI1-BI26',
}

const subjectOf = (id: string) => id.replace(/\d+$/, '')
const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path: join(folder, path), text: readFileSync(join(root, folder, path), 'utf8') }))

const rows = [...readFileSync(join(root, 'RULES.md'), 'utf8').matchAll(/^\| ([A-Z]{1,2}\d+) \|/gm)].map(
  ([, id]) => id ?? '',
)
const rules = new Set(rows)
/** The numbers that a title opens with: one, or several side by side. */
const numbersOf = (title: string) => [...title.matchAll(/[A-Z]{1,2}\d+/g)].map(([id]) => id)
const titles = filesIn('test').flatMap(({ path, text }) =>
  [...text.matchAll(/['"`]((?:\[[A-Z]{1,2}\d+\] ?)+)|promise\(\s*'(ST\d+)'/g)]
    .flatMap(([, opening, ofStore]) => numbersOf(opening ?? ofStore ?? ''))
    .map((id) => ({ path, id })),
)

test('[HS6] every rule that a test title names is in RULES.md', () => {
  const unknown = titles.filter(({ id }) => !rules.has(id))
  const said = unknown.map(
    ({ path, id }) => `${path}: ${id} is no row of RULES.md: add the sentence there, or correct the number`,
  )
  expect([...new Set(said)]).toEqual([])
})

test('[HS6] every rule of RULES.md has one row, and a test that carries its number', () => {
  const tested = new Set(titles.map(({ id }) => id))
  const said = [...rules]
    .filter((id) => !tested.has(id) && !untested[id])
    .map((id) => `${id} of RULES.md has no test: write one titled "[${id}] ...", or say in this file why there is none`)
  expect(said).toEqual([])
  expect(rows.filter((id, i) => rows.indexOf(id) !== i)).toEqual([])
})

test('[HS6] every rule that a comment of the code names is in RULES.md', () => {
  const subjects = new Set(rows.map(subjectOf).filter((subject) => subject !== 'G'))
  const said = ['shared', 'server', 'client'].flatMap(filesIn).flatMap(({ path, text }) =>
    [...text.matchAll(/\/[/*].*/g)]
      .flatMap(([comment]) => [...comment.matchAll(/\b([A-Z]{2})\d+\b/g)])
      .filter(([id, subject]) => subjects.has(subject ?? '') && !rules.has(id))
      .map(([id]) => `${path}: the comment names ${id}, which is no row of RULES.md`),
  )
  expect(said).toEqual([])
})

test('[HS6] the exceptions in this file are still needed', () => {
  const tested = new Set(titles.map(({ id }) => id))
  expect(Object.keys(untested).filter((id) => tested.has(id) || !rules.has(id))).toEqual([])
})
