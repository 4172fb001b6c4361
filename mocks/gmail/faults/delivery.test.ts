import { expect, test } from 'vitest'
import { createClock } from '../../../harness/clock.ts'
import { latin1, octetsOf } from '../wire/command-stream.ts'
import { Delivery } from './delivery.ts'

/** A delivery whose carrier gets rid of a piece when it is told to, or at once. */
function open({ atOnce = true } = {}) {
  const clock = createClock(0)
  const told: string[] = []
  const waiting: (() => void)[] = []
  const delivery = new Delivery(
    {
      write(octets, sent) {
        told.push(latin1(octets))
        if (sent !== undefined) waiting.push(sent)
        if (atOnce) waiting.splice(0).forEach((done) => done())
      },
      end: () => told.push('END'),
      reset: () => told.push('RESET'),
      startTls: () => told.push('TLS'),
    },
    clock,
  )
  return {
    delivery,
    clock,
    say: (text: string) => delivery.write(octetsOf(text)),
    /** What left since the last look. */
    left: () => told.splice(0),
    /** The carrier has got rid of the oldest piece. */
    sent: () => waiting.shift()?.(),
  }
}

test('what is said in a turn leaves together, and in several writes when it is much', () => {
  const { delivery, say, left } = open()
  delivery.turn(() => {
    say('a')
    delivery.turn(() => say('b'))
    say('c')
    expect(left()).toEqual([])
  })
  say('d')
  expect(left()).toEqual(['abc', 'd'])
  delivery.turn(() => {
    for (let times = 0; times < 15; times++) say('x'.repeat(10_000))
    expect(left().map(({ length }) => length)).toEqual([140_000])
  })
  expect(left().map(({ length }) => length)).toEqual([10_000])
})

test('a turn that fails still says what was said', () => {
  const { delivery, say, left } = open()
  expect(() =>
    delivery.turn(() => {
      say('a')
      throw new Error('in the middle')
    }),
  ).toThrow('in the middle')
  expect(left()).toEqual(['a'])
})

test('a wait holds what is said behind it, in order, and counts from when it was said', () => {
  const { delivery, clock, say, left } = open()
  say('a')
  delivery.wait(100)
  say('b')
  clock.set(50)
  say('c')
  delivery.wait(0)
  say('d')
  expect(left()).toEqual(['a'])
  expect(delivery.late).toBe(true)
  clock.set(99)
  expect(left()).toEqual([])
  clock.set(100)
  expect(left()).toEqual(['b'])
  clock.set(150)
  expect(left()).toEqual(['c', 'd'])
  expect(delivery.late).toBe(false)
})

test('pieces follow one another when the one before has left', () => {
  const { delivery, say, left, sent } = open({ atOnce: false })
  delivery.trickle({ octets: 2, milliseconds: 0 })
  say('abcde')
  expect(left()).toEqual(['ab'])
  expect(delivery.unsent).toBe(1)
  sent()
  expect(left()).toEqual(['cd'])
  sent()
  sent()
  expect(left()).toEqual(['e'])
  expect(delivery.unsent).toBe(0)
})

test('pieces with time between them keep their pace from one response to the next', () => {
  const { delivery, clock, say, left } = open()
  delivery.trickle({ octets: 1, milliseconds: 10 })
  say('ab')
  say('c')
  expect(left()).toEqual(['a'])
  clock.set(10)
  expect(left()).toEqual(['b'])
  clock.set(19)
  expect(left()).toEqual([])
  clock.set(20)
  expect(left()).toEqual(['c'])
})

test('many pieces need no deep stack', () => {
  const { delivery, say, left } = open()
  delivery.trickle({ octets: 1, milliseconds: 0 })
  say('x'.repeat(100_000))
  expect(left()).toHaveLength(100_000)
})

test('a line without end takes the memory of one piece', () => {
  const { delivery, say, left, sent } = open({ atOnce: false })
  delivery.flood(150_000)
  say('behind')
  const sizes: number[] = []
  for (let piece = left(); piece.length > 0; piece = left()) {
    expect(piece).toHaveLength(1)
    sizes.push(piece[0]!.length)
    sent()
  }
  expect(sizes).toEqual([65_536, 65_536, 18_928, 6])
})

test('an end comes behind what is on its way, a cut before it', () => {
  const late = open()
  late.delivery.wait(10)
  late.say('a')
  late.delivery.end()
  late.say('b')
  expect(late.left()).toEqual([])
  late.clock.set(10)
  expect(late.left()).toEqual(['a', 'END'])
  late.delivery.end()
  late.delivery.cut()
  expect(late.left()).toEqual([])

  const cut = open()
  cut.delivery.wait(10)
  cut.say('a')
  cut.delivery.cut()
  expect(cut.left()).toEqual(['END'])
  cut.clock.set(10)
  expect(cut.left()).toEqual([])
})

test('a cut in a turn says what was said in it', () => {
  const { delivery, say, left } = open()
  delivery.turn(() => {
    say('a')
    delivery.cut(true)
    say('b')
  })
  expect(left()).toEqual(['a', 'RESET'])
})

test('silence is no end', () => {
  const { delivery, clock, say, left } = open()
  say('a')
  delivery.wait(10)
  say('b')
  delivery.silence()
  say('c')
  delivery.end()
  clock.set(10)
  expect(left()).toEqual(['a'])
})

test('what is said before TLS leaves before it; what is encoded is what leaves', () => {
  const { delivery, say, left } = open()
  delivery.turn(() => {
    say('a')
    delivery.startTls()
    say('b')
    delivery.through((octets) => octetsOf(`<${latin1(octets)}>`))
    say('c')
    say('d')
  })
  expect(left()).toEqual(['a', 'TLS', 'b', '<cd>'])
})
