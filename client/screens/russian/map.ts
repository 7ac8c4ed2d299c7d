import type * as english from '../english/map.ts'
import { many } from './many.ts'

export const map: typeof english.map = {
  label: 'Карта пробежки',
  keys: 'Стрелки двигают карту, плюс и минус меняют масштаб, Enter рассказывает о середине.',
  shows: (people, stale) =>
    `На карте ${many(people, 'человек', 'человека', 'человек')}${stale > 0 ? `, больше минуты нет связи: ${stale}` : ''}`,
  tools: 'Что показывает карта',
  nearer: 'Ближе',
  farther: 'Дальше',
  everybody: 'Все люди',
  route: 'Весь маршрут',
  myWay: 'Мой путь вверх',
  start: 'Старт',
  end: 'Финиш',
  startAndEnd: 'Старт и финиш',
  meet: (name) => `Встреча: ${name}`,
  comeTogether: 'Сбор',
  legend: 'Пунктир: место рассчитано или известно грубо. С вопросом: возможно, другой круг.',
  reckoned: (age) => `рассчитано, связь ${age} назад`,
  perhaps: 'возможно, другой круг',
  rough: (distance) => `в пределах ${distance}`,
  place: 'Это место',
  besideRoute: (distance) => `${distance} в стороне от маршрута`,
  comesAt: (name, km, time) => `${name}: ${time}, км ${km}`,
  here: (name) => `${name}: уже здесь`,
  nobody: 'Не видно, чтобы кто-то сюда направлялся.',
  byCourse: 'Рассчитано по направлению движения, а не по маршруту.',
  close: 'Закрыть',
}

export const drawing: typeof english.drawing = {
  open: 'Нарисовать маршрут',
  heading: 'Маршрут на карте',
  hint: 'Отмечайте точки по пути, начиная со старта.',
  length: (distance, points) => `${distance}, ${many(points, 'точка', 'точки', 'точек')}`,
  add: 'Точка в середине',
  undo: 'Отменить точку',
  closeLoop: 'Замкнуть круг',
  outAndBack: 'Туда и обратно',
  done: 'Взять маршрут',
  cancel: 'Отмена',
  tooLong: 'Больше точек не поместится.',
}
