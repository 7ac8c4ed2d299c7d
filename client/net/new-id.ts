const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 20

/** `req_4k2...`: 103 random bits, so that ids made on two phones never meet. */
export function newId<Id extends string>(prefix: string): Id {
  let id = `${prefix}_`
  for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH))) id += ALPHABET[byte % ALPHABET.length]
  return id as Id
}

/** For `createKey` and `joinKey`: 144 bits that only this phone knows. */
export function newSecretKey(): string {
  let key = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(28))) key += ALPHABET[byte % ALPHABET.length]
  return key
}
