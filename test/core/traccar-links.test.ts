import { expect, test } from 'vitest'
import { traccarLinks } from '../../server/ingest/traccar-links.ts'

test('[IN12] the set-up links carry the settings, the token only in the path, and its beginning as the id', () => {
  const settings = 'id=Zk3_9-aB&accuracy=highest&interval=5&distance=0&buffer=true&wakelock=true&stop_detection=false'
  const links = {
    serverUrl: 'https://run.example/t/Zk3_9-aBcDeFgHiJ',
    qrUrl: `https://run.example/t/Zk3_9-aBcDeFgHiJ?${settings}`,
    appLink: `org.traccar.client://?url=https%3A%2F%2Frun.example%2Ft%2FZk3_9-aBcDeFgHiJ&${settings}`,
  }
  expect(traccarLinks('https://run.example', 'Zk3_9-aBcDeFgHiJ')).toEqual(links)
  expect(traccarLinks('https://run.example/', 'Zk3_9-aBcDeFgHiJ')).toEqual(links)
  const read = new URL(links.appLink.replace('org.traccar.client:', 'https:').replace('//?', '//x/?'))
  expect(read.searchParams.get('url')).toBe(links.serverUrl)
})
