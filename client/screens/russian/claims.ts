import type { claims as english } from '../english/claims.ts'
import { form, many } from './many.ts'

export const claims: typeof english = {
  claims: {
    looking: (age) => `Вы попросили ${age} назад. Ищем, кто привезёт.`,
    lookingEscalated: (age) => `Вы попросили ${age} назад. Всё ещё ищем; ведущий знает, что это долго.`,
    nobody: 'Сейчас привезти некому.',
    leaderSees: 'Ведущий это видит.',
    nearTold: 'Тем, кто рядом с вами, сообщили.',
    coming: (name, time, where) => `${[`${name} едет к вам`, time, where].filter(Boolean).join(', ')}.`,
    about: (time) => `около ${time}`,
    at: (place) => `встреча: ${place}`,
    away: (distance) => `до вас ${distance}`,
    notHeard: (age) => `Нет связи уже ${age}.`,
    here: (name) => `${name} рядом с вами.`,
    met: (name) => `Вы встретились: вы и ${name}.`,
    goOn: 'Продолжайте бежать.',
    wait: 'Ждите там, где вы сейчас.',
    askedWhether: (name) => `За это взялся помощник: ${name}. Спрашиваем, в пути ли.`,
    metYou: (name) => `Вы встретились: вы и ${name}. Всё получили?`,
    assumed: (name) =>
      name ? `Считаем, что передано (${name}): вы встретились.` : 'Считаем, что передано: вы встретились.',
    undo: 'Нет, мне не передали',

    stillComing: (name) => `Вы ещё едете? Ждёт ${name}:`,
    stillComingHint: 'Без ответа через две минуты это предложат другим.',
    keep: 'Да, еду',
    giveBack: 'Не смогу',
    offer: (runner, holder, time) => `${runner} ждёт. Вы успеете быстрее, чем ${holder}, на ${time}. Возьмёте на себя?`,
    take: 'Беру на себя',
    metWho: (name, what) => `Вы встретились: вы и ${name}. ${what}: передано?`,
    metHint: 'Без ответа через три минуты будет считаться переданным.',
    gotIt: 'Да, всё у меня',
    handedOver: 'Да, передано',
    notYet: 'Нет, ещё нет',
    nearWish: (name, what, way) => `${name} просит: ${what.toLowerCase()}${way ? `, ${way}` : ''}.`,
    nearHint: 'Велосипедисты сейчас привезти не могут.',
    nearMore: (count) =>
      `Рядом с вами ${form(count, 'ждёт', 'ждут', 'ждут')} ещё ${many(count, 'человек', 'человека', 'человек')}.`,
    assumedFor: (name, what) => `${what}: считаем, что передано (${name}).`,
    notGiven: 'Нет, не передано',
  },
}
