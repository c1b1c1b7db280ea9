import { expect, it } from 'vitest'
import { controlCode } from './control-key.ts'

it.each([
  ['c', '\x03'],
  ['C', '\x03'],
  ['r', '\x12'],
  ['[', '\x1b'],
  [' ', '\0'],
  ['7', '7'],
  ['한', '한'],
])('Ctrl+%s', (character, sent) => expect(controlCode(character)).toBe(sent))
