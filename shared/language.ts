/** The languages that pages and answers speak. */
export const languages = ['kk', 'ru', 'en'] as const
export type Language = (typeof languages)[number]

const known = (tag: string): Language | undefined => {
  const [first] = tag.toLowerCase().split('-')
  return languages.find((language) => language === first)
}

/** LG5: `chosen` and the reader's own as language tags, "ru-KZ", the dearest first. */
export const languageFor = (chosen: string, own: readonly string[]): Language =>
  [chosen, ...own].map(known).find((language) => language !== undefined) ?? 'en'
