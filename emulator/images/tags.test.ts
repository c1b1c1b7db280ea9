import { expect, test } from 'vitest'
import { IMAGES } from './index.ts'

test.each(['1.7.9', '1.25', '1.27.3-alpine', 'stable-perl'])('nginx:%s was published', (tag) => {
  expect(IMAGES.find('docker.io/library/nginx', tag)).toBeTypeOf('object')
})

test.each(['1.91', '1.161', '1.5', 'newest'])('nginx:%s was not', (tag) => {
  expect(IMAGES.find('docker.io/library/nginx', tag)).toBe('no-tag')
})
