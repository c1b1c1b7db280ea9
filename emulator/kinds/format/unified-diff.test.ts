import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unifiedDiff } from './unified-diff.ts'

const lines = (text: string): readonly string[] => text.split(' ')

test('one change with three lines around it', () => {
  expect(unifiedDiff(lines('a b c d e f g h i'), lines('a b c d X f g h i'))).toBe(
    '@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+X\n f\n g\n h\n',
  )
})

test('what is inserted comes after the common beginning', () => {
  expect(unifiedDiff(lines('{ n 80 }'), lines('{ n 8080 } { n 80 }'))).toBe(
    '@@ -1,4 +1,8 @@\n {\n n\n+8080\n+}\n+{\n+n\n 80\n }\n',
  )
})

test('changes far apart stand in hunks of their own', () => {
  const before = lines('a b c d e f g h i j k l')
  expect(unifiedDiff(before, ['X', ...before.slice(1, 11), 'Y']).match(/@@ .* @@/g)).toEqual([
    '@@ -1,4 +1,4 @@',
    '@@ -9,4 +9,4 @@',
  ])
})

test('equal texts have no difference', () => {
  expect(unifiedDiff(lines('a b'), lines('a b'))).toBe('')
})

test('the lines of a difference without context rebuild both sides', () => {
  const side = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 7 })
  fc.assert(
    fc.property(side, side, (before, after) => {
      const body = unifiedDiff(before, after)
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('@@'))
      const only = (other: string) => body.filter((line) => line[0] !== other).map((line) => line.slice(1))
      const changed = before.join() !== after.join()
      if (changed && before.length <= 4 && after.length <= 4) expect([only('+'), only('-')]).toEqual([before, after])
      expect(body.length > 0).toBe(changed)
    }),
  )
})
