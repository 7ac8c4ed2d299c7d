/** What a phone that is not looked at gets. */
export const pushesText = `
A server may ring a phone by Web Push ([RFC 8030](https://www.rfc-editor.org/rfc/rfc8030), encrypted as in RFC 8291, signed as in RFC 8292). Subscribe with
\`publicKey\` of [\`GET /api/push\`](#get-apipush), and give what the browser answers with \`set-push\`. Where that is must be https at a public name; the server keeps it, tells nobody,
and forgets it with the seat, or when the push service answers 404 or 410.

What comes is JSON of ids and kinds, and no word of anybody's: names are for the phone to add.

{note}

\`asked\`: somebody waits for what one may bring. \`help\`: a call for help, also told to who looks. \`claimed\`, \`near\`, \`nobody\`: of what one asked for. \`alert\`: to leaders, one that is worth a
sound. \`sent\`: an alert sent to a helper. \`are-you-fine\`, \`regroup\`, \`started\`, \`test\`. A note with the same \`requestId\`, \`alertId\` or \`regroupId\` takes the place of the one before.`
