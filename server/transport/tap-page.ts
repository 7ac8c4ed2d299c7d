/**
 * What an NFC tag opens: a page that counts down three seconds, then asks. No framework and no other file, so that it is there
 * on a slow line; the token stays in its address, and is sent nowhere else.
 */
import { createHash } from 'node:crypto'
import type { Language } from '../../shared/language.ts'
import type { AskWords } from './words/english.ts'

const style = `
:root { color-scheme: light dark; font: 1.25rem/1.4 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; text-align: center }
main, noscript { padding: 1rem; max-width: 30rem }
#said { font-size: 2.2rem; font-weight: 600; margin: 0; overflow-wrap: anywhere; text-wrap: balance }
#count { font-size: 6rem; font-variant-numeric: tabular-nums; min-height: 8rem; margin: 0 }
button { font: inherit; font-size: 1.8rem; min-height: 5rem; width: 100%; border: 3px solid; border-radius: 1rem;
  background: Canvas; color: CanvasText; cursor: pointer }
button:focus-visible { outline: 4px solid; outline-offset: 4px }
`

/** Asked once for each press: the same id however often it is sent. A page that nobody sees (a preview, a tab that is restored) counts no second. */
const script = `
'use strict'
const UNDO_S = 3, WAIT_S = 90, LOOKS_MAX = 20, AGAIN_MS = 3000
const { what, texts } = document.body.dataset
const t = JSON.parse(texts)
const lang = 'lang=' + document.documentElement.lang
const [said, count, button] = ['said', 'count', 'button'].map((id) => document.getElementById(id))
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const post = async (path) => {
  const answer = await fetch(path, { method: 'POST', headers: { Accept: 'application/json' } })
  return { code: answer.status, ...(await answer.json()) }
}
const tell = (text) => { if (said.textContent !== text) said.textContent = document.title = text }
const offer = (label, act) => {
  button.hidden = !label
  button.textContent = label
  button.onclick = act
}
let looking = 0
let askedKind = ''

function countDown() {
  let leftS = UNDO_S
  tell(t.askingFor)
  count.textContent = leftS
  offer(t.undo, () => {
    clearInterval(timer)
    leave(t.notAsked)
  })
  button.focus()
  const timer = setInterval(() => {
    if (document.visibilityState !== 'visible') return
    count.textContent = --leftS
    if (leftS > 0) return
    clearInterval(timer)
    ask()
  }, 1000)
}

function leave(text) {
  history.replaceState(null, '', '#done')
  looking++
  count.textContent = ''
  tell(text)
  offer(t.askFor, countDown)
}

async function ask() {
  history.replaceState(null, '', '#done')
  const mine = ++looking
  const id = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  count.textContent = ''
  tell(t.asking)
  offer('')
  let isAsked = false
  for (let look = 0; look < LOOKS_MAX; look++) {
    try {
      const asked = await post('../' + what + '?' + lang + '&id=' + id + (isAsked ? '&wait=' + WAIT_S : ''))
      if (mine !== looking) return
      if (asked.ok) {
        isAsked = true
        askedKind = asked.kind
        tell(asked.sentence)
        offer(t.takeBack, takeBack)
        if (asked.status === 'claimed') return
        if (asked.status !== 'open') return leave(asked.sentence)
      } else {
        if (asked.code !== 429 && asked.code < 500) return leave(asked.detail)
        if (!isAsked) tell(t.notAskedYet + ' ' + asked.detail)
      }
    } catch {
      if (mine !== looking) return
      tell(isAsked ? t.noNetworkToHear : t.noNetwork)
    }
    await pause(AGAIN_MS)
    if (mine !== looking) return
  }
}

async function takeBack() {
  try {
    const { ok, sentence, detail } = await post('../cancel?' + lang + '&kind=' + askedKind)
    leave(ok ? sentence : detail)
  } catch {
    tell(t.notTakenBack)
  }
}

document.querySelector('main').hidden = false
if (location.hash === '#done') leave(t.already)
else countDown()
`

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Its own script and style, its own server, and nothing else. */
export const tapPolicy = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const quoted = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

/** @param what the last word of the address it posts to, and `texts` for it; both our own, and no stranger's. */
export const tapPage = (
  what: string,
  language: Language,
  texts: ReturnType<AskWords['tap']>,
): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${texts.askingFor}</title>
<style>${style}</style>
</head>
<body data-what="${what}" data-texts="${quoted(JSON.stringify(texts))}">
<main hidden>
<p id="said" role="status" aria-live="assertive"></p>
<p id="count" aria-hidden="true"></p>
<button id="button" type="button" hidden></button>
</main>
<noscript>
<form method="post" action="../${what}?wait=90&amp;lang=${language}"><button>${texts.askFor}</button></form>
</noscript>
<script>${script}</script>
</body>
</html>
`
