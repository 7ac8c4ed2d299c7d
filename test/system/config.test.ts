import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { environmentSchema, readConfig } from '../../server/config.ts'
import { serve } from '../../server/serve.ts'

const faultOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment)
  } catch (fault) {
    return (fault as Error).message
  }
  return ''
}

function aDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'serik-test-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const start = async (more: Record<string, unknown>) => {
  const config = environmentSchema.parse({ PORT: 0, HOST: '127.0.0.1', ...more })
  return serve({ config, onFault: () => undefined })
}

test('[CF1] an empty environment is a usable one', () => {
  const byDefault = {
    PORT: 3000,
    HOST: '0.0.0.0',
    DATA_DIR: resolve('data'),
    STORE: 'sqlite',
    TRUST_PROXY: 0,
    TICK_MS: 1_000,
    FIX_EVERY_MS: 5_000,
    FRAME_EVERY_MS: 2_000,
    METRICS_HOST: '127.0.0.1',
    RETENTION_DAYS: 7,
    DEMO: true,
    TIME_SCALE: 1,
    LOG_LEVEL: 'info',
    REDIS_REPLICAS: 0,
    MAP_HOSTS: [],
    PUSH_LOOPBACK: false,
  }
  expect(readConfig({})).toEqual(byDefault)
  expect(readConfig({ PORT: ' ', TIME_SCALE: '', PUBLIC_URL: '', DATA_DIR: '\t', SHELL: '/bin/sh' })).toEqual(byDefault)
})

test('[CF2] each wrong value ends the start with one line that names it', () => {
  const wrong: readonly [name: string, ...values: string[]][] = [
    ['PORT', 'abc', '-1', '65536', '80.5', '3000 4000', 'NaN', '3000\n4000'],
    ['STORE', 'redis', 'SQLITE', 'true'],
    ['PUBLIC_URL', 'run.example', 'ftp://run.example', 'https://', 'javascript:alert(1)'],
    ['TRUST_PROXY', 'yes', '-1', '11', '0.5'],
    ['TICK_MS', '0', '49', '10001', '1s'],
    ['FIX_EVERY_MS', '0', '60001', 'often'],
    ['FRAME_EVERY_MS', '99', '-1'],
    ['METRICS_PORT', '65536', 'on'],
    ['RETENTION_DAYS', '0', '-7', '3651', 'a week', '1.5'],
    ['MAP_STYLE_URL', 'on', 'tiles.example/style', 'ftp://tiles.example', 'https://'],
    ['MAP_STYLE_DARK_URL', 'off', 'javascript:alert(1)'],
    [
      'MAP_HOSTS',
      'tiles.example',
      'https://a.example; script-src *',
      'https://a.example https://b.example',
      'https://a.example/x',
    ],
    ['MAP_PMTILES', '/nowhere.pmtiles', 'package.json', '.'],
    ['DEMO', 'true', 'OFF', '0'],
    ['TIME_SCALE', '0', '-1', '1001', 'fast', 'Infinity'],
    ['LOG_LEVEL', 'verbose', 'INFO'],
  ]
  for (const [name, ...values] of wrong)
    for (const value of values) {
      const said = faultOf({ [name]: value })
      expect([name, value, said]).toEqual([
        name,
        value,
        expect.stringMatching(new RegExp(`^${name}=.* is not usable: .`)),
      ])
      expect(said.split('\n')).toHaveLength(1)
    }
})

test('[CF4] data made at one TIME_SCALE is not opened at another', async () => {
  const DATA_DIR = aDataDir()
  await (await start({ DATA_DIR, TIME_SCALE: 30 })).close()
  await (await start({ DATA_DIR, TIME_SCALE: 30 })).close()
  await expect(start({ DATA_DIR })).rejects.toThrow('TIME_SCALE=1: this data was made at TIME_SCALE=30')
})

test('[CF6] a taken port ends the start with a line that names it', async () => {
  const first = await start({ DATA_DIR: aDataDir() })
  onTestFinished(() => first.close())
  const fault = await start({ DATA_DIR: aDataDir(), PORT: first.port }).catch((thrown: Error) => thrown.message)
  expect(fault).toContain(`EADDRINUSE: address already in use 127.0.0.1:${first.port}`)
})

test('[CF7] the secrets file is made once, for its owner only, and a damaged one ends the start', async () => {
  const DATA_DIR = aDataDir()
  const file = join(DATA_DIR, 'secrets.json')
  await (await start({ DATA_DIR, STORE: 'memory' })).close()
  const made = readFileSync(file, 'utf8')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await (await start({ DATA_DIR, STORE: 'memory' })).close()
  expect(readFileSync(file, 'utf8')).toBe(made)
  for (const [damage, says] of [
    ['{"masterSecret":', 'is not readable as JSON'],
    ['{"masterSecret":"short"}', 'holds no usable masterSecret'],
  ] as const) {
    writeFileSync(file, damage)
    await expect(start({ DATA_DIR, STORE: 'memory' })).rejects.toThrow(`${file} ${says}`)
    expect(readFileSync(file, 'utf8')).toBe(damage)
  }
})
