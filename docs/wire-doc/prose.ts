/** What no schema can say. Limits and names are filled in from the code by document.ts. */
import { FIXES_MAX } from '../../shared/frame/fix-layout.ts'
import { MESSAGE_BYTES_MAX } from '../../shared/protocol/wire.ts'
import { saidOfLayout } from './layouts.ts'

export const walkThrough = `\`\`\`
 1  →  POST /api/join {"joinKey":"(22 or more random characters)","invite":"i.run_….inv_….…","name":"Aidar","phone":null,"startNumber":null}
 2  ←  200 {"ok":true,"runId":"run_…","memberId":"mbr_aidar…","seat":"s.run_….mbr_….1.…"}
 3  →  Socket.IO connect, auth {"seat":"s.…","wire":4,"outbox":1,"frames":"json"}
 4  ←  welcome {"runId":"run_…","memberId":"mbr_aidar…","wire":4,"nowMs":1778400000000,"timeScale":1,"version":9}
 5  →  catch-up {"fromVersion":0,"mac":"","page":0}
 6  ←     {"ok":true,"is":"snapshot","version":9,"mac":"…","page":0,"pageCount":1,"rows":[{"of":"head","value":{…}},{"of":"members","value":{…}},{"of":"words","value":{…}}]}
 7  →  command {"commandId":"cmd_…","command":{"type":"start-sharing","sinceMs":1778400000500}}
 8  ←     {"ok":true,"version":10}
 9  ←  facts {"fromVersion":9,"toVersion":10,"mac":"…","facts":[{"version":10,"event":{"type":"sharing-started",…},…}],"words":[…]}
10  →  fixes {"streamId":"k3v9x0aa","fixes":[{"seq":1,"latitudeDeg":51.128,"longitudeDeg":71.4304,"takenAtMs":1778400005000,"accuracyM":6}]}
11  ←     {"ok":true,"streamId":"k3v9x0aa","ranges":[[1,1]],"aside":{}}
12  ←  places {"atMs":1778400006000,"places":[{"memberId":"mbr_dana…","latitudeDeg":51.129,"longitudeDeg":71.431,"ageMs":1200,…}]}
13  →  command {"commandId":"cmd_…","command":{"type":"raise-request","requestId":"req_…","kind":"water","quantity":1,"note":null}}
14  ←     {"ok":true,"version":11}
15  ←  facts {… "event":{"type":"request-raised","requestId":"req_…",…} …}
16  ←  facts {… "event":{"type":"request-claimed","requestId":"req_…","cyclistId":"mbr_dana…","distanceM":140,…} …}
17  ←  facts {… "event":{"type":"request-delivered","requestId":"req_…",…} …}
18  →  command {"commandId":"cmd_…","command":{"type":"stop","memberId":"mbr_aidar…","reason":"finished","untilMs":1778403600000}}
19  ←     {"ok":true,"version":14}
20  →  disconnect
\`\`\``

export const connecting = `
Any Socket.IO client of protocol 5 will do (JavaScript 3 and 4, python-socketio 5, and others): namespace \`/\`, path \`/socket.io/\`,
transport \`websocket\` (\`polling\` works too). The greeting is Socket.IO's \`auth\` payload:

{greeting}

A seat comes from \`POST /api/join\` or \`POST /api/runs\`; a share link carries an invite behind its \`#\`: \`https://HOST/j#INVITE\`.
A greeting that is refused ends as Socket.IO's \`connect_error\`; its \`data\` is a [refusal](#refusals): \`not-a-member\`,
\`protocol-too-old\` and \`malformed\` are final, anything else is worth another try. The first message after a good one is [\`welcome\`](#welcome).

- The server pings every 5 s and waits 5 s for the answer. Come back by yourself after a break: wait up to 150 ms, then twice as long each
  time up to 5 s, with a random part, so that a club of phones does not come back at once. There is no session to resume: greet again, catch up by version.
- A page of another site is turned away by its \`Origin\`; a program sends none, or the server's own.
- Times are the server's, not the phone's: at \`welcome\` note \`nowMs\`, and from there count \`timeScale\` times what a monotonic clock counts.
- Every message up takes one object, and an acknowledgement function to get an answer: \`{"ok":true,…}\`, or a refusal with \`"ok":false\`.
  Without one the message is done all the same. More arguments, unknown fields and unknown messages are refused.
- A message larger than ${MESSAGE_BYTES_MAX / 1024} KB cuts the connection.`

export const naming = `
The last word of a name is its unit: \`…Ms\` milliseconds, \`…M\` metres, \`…Mps\` metres a second, \`…Deg\` degrees (WGS 84). \`…AtMs\`, \`nowMs\`
and every other moment are milliseconds since 1970 by the server's clock. \`battery\` is 0 to 1. A field is there unless "may be left out" is
said; \`null\` is written where "or \`null\`" is said. Text is counted in UTF-16 units and is trimmed.

An id is a prefix and 12 to 32 of \`a-z0-9\`, such as \`req_4k2m9x7c1v5b8n3z\`. Whoever makes a thing makes its id, at random: a phone makes
\`cmd\`, \`req\`, \`hov\`, \`msg\`, \`grp\`, \`gst\` and \`inv\`; the server makes \`run\`, \`mbr\`, \`trk\` and \`rte\`. Twenty characters are enough that two never meet.`

export const commandsIntro = `
A command is a wish. It becomes facts, or is refused. Make \`commandId\` once, keep the command until it is answered, and send it again with
the same id as often as it takes: it is done once, and every repetition is answered like the first, for the life of the run. Send the
commands of one phone one after another, each after the answer to the one before. A wish that changes nothing (a second \`start-run\`) is
granted without a fact.

Answer: \`{"ok":true,"version":N}\`, where N is the version of the journal that holds its first fact, or a [refusal](#refusals). Two answers carry a secret:

{accepted}`

export const catchingUp = `
A run is a journal of facts with versions 1, 2, 3 …. A seat is shown the facts that concern its role; a range of versions stands for the
rest, so \`fromVersion\` and \`toVersion\` have no holes although the facts between them may have.

1. Keep three things together: your state, the \`version\` it stands for (0 at first) and the \`mac\` of that version ("" at first).
2. After each \`welcome\` ask \`catch-up\` with them and \`page: 0\`. Nothing is told on this connection before.
3. The answer \`tail\` is facts to fold onto what you have. The answer \`snapshot\` replaces everything you had: pull \`page\` 1, 2 … below
   \`pageCount\` with the same \`fromVersion\` and \`mac\`; if \`version\` differs between two pages, begin again at page 0.
4. Then \`facts\` come by themselves. With \`toVersion\` at or below your version: drop it. With \`fromVersion\` above your version: you missed
   something; ask \`catch-up\` again. Otherwise fold the facts whose \`version\` is above yours, take over \`words\`, and set version and mac.

\`mac\` is the journal's chain: 22 characters that vouch for everything before. Do not compute it, only keep it. If the server's journal is
another one than yours (restored from a backup), it does not match, and you get a snapshot.

With \`fromVersion: 0\` and \`mac: ""\` the answer is always a snapshot. A client that does not want to fold events can ask so whenever
\`facts\` arrive, and read from the facts only what it waits for. What folding means is \`shared/run/evolve.ts\`, some 200 lines.`

export const positions = `
**Up.** Number your fixes 1, 2, 3 … within a stream, and make a new \`streamId\` whenever you begin at 1 again. Keep each fix until a receipt
covers its number. Send new ones as they come, at most ${FIXES_MAX} in a message; after a gap the newest first, then the rest in batches, each
with an acknowledgement. Sending a fix twice is harmless.

With an acknowledgement function, \`fixes\` is answered with \`{"ok":true}\` and the fields of a receipt once they are stored. Without one, a
[\`receipt\`](#receipt) comes, at most one in 10 s. It is cumulative: \`ranges\` names every number of this stream that is stored, both ends
inside. What was not covered 25 s later is sent again. \`retry-later\` means it was not stored.

[\`rhythm\`](#rhythm) says how often to send: what was recorded since goes in one message, best just before the run's tick. A client that
greets with \`frames: "binary"\` sends its live fixes as [raw messages](#raw-messages); what waits for an answer stays JSON.

Nothing well-formed is refused for its content. A fix counts when it was taken while its member shared (between \`sharing-started\` and
\`sharing-stopped\`); one that does not count is answered as received all the same and counted in \`aside\`:
\`from-the-future\` more than 5 minutes ahead, \`outside-sharing\` not stored at all, \`nowhere\` at 0°, 0°.

**Down.** A place is not a fact: it may be dropped when a newer one follows, and it is not stored on the way. Say \`look\` \`false\` when nobody
looks, and no places come; with \`everyMs\` say how often you want them. With \`frames: "json"\` they come as [\`places\`](#places), at most every
second tick: what changed, and everybody after \`welcome\`, \`look\` and \`key-frame\`. With \`frames: "binary"\` they come as
[frames](#frame). In a run of more than 200 whose places you see, they take turns over six ticks. A reader that falls behind is sent no old
ones: it gets everybody once it reads again. Age a place by the server's clock, and show how old it is. Forget the place of whoever is \`stopped\` or \`removed\`, or shares no more.

### Raw messages

A raw message is a binary websocket message of its own: over the websocket the bytes as they are, over polling what Engine.IO makes of
bytes, and never announced by a text message like an attachment. Who greets with \`frames: "binary"\` needs a Socket.IO parser that gives every
binary message without an announcement to the program, and can send such ones; the others get and send JSON. Up they are
[live fixes](#live-fixes), down [frames](#frame).

### Live fixes

${saidOfLayout('fix-layout')}

There are at most ${FIXES_MAX} in a message. One that cannot be taken is answered with [\`refused\`](#refused): start over with the next, and send its fixes again.

### frame

${saidOfLayout('frame-layout')}

${saidOfLayout('frame-details')}

With a layout you do not know, greet again with \`frames: "json"\`. Ask \`key-frame\` at most once a second.`

export const afterLoss = `
A server's store may come back empty, or older than it was. Phones hold what it had answered for, and give it back. A client that keeps
none of this works too, and loses what the store lost.

1. After each \`welcome\`, and whenever \`again\` comes, ask \`stored\` for each of your streams. The answer replaces what receipts had
   said: send again what it does not cover. Keep your fixes until the run is forgotten, not only until their receipt.
2. Then ask \`catch-up\`; after a reload with \`told\`, where you stood before. A snapshot with \`isFork: true\` says that this is gone: send again
   every command that was granted to you with \`isFact: true\`, in order, under its own \`commandId\`. What the server has is answered like the
   first time.
3. A leader of no group may keep a copy: the facts it is told, filled up by \`journal\` from its version until none come, each part with its
   \`mac\`. On a fork, and when \`lost\` comes instead of \`welcome\`, it sends the whole copy by \`offer\` in those parts, and the words after
   them. Once the last part is granted it begins a new copy.
4. \`lost\`: the seat is good and its run is not there. Who has no copy waits, and comes back as after any break.`

export const trackerApps = `
\`POST /t/TOKEN\` is the address of a native tracker app, for phones that may not locate with a locked screen. It speaks the OsmAnd protocol
in the three forms of Traccar Client: JSON (\`{"location":{"timestamp":…,"coords":{…}},"device_id":…}\`), a query, or a form (\`lat\`, \`lon\`,
\`timestamp\`, \`speed\` in knots, \`bearing\`, \`altitude\`, \`accuracy\`, \`batt\`, \`alarm\`). \`alarm=sos\` calls for help once.

| status | when |
| --- | --- |
| 200 | always, for a token that was ever given out: also for a point that is bad or does not count. It is put aside and counted. |
| 404 | a token that was never given out (400 if it is no text at all) |
| 503 | later; with \`Retry-After\` in seconds |`
