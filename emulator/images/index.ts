import { createImageSet, type ImageDefinition, type ImageSet } from '../node/image.ts'
import { busybox } from './busybox.ts'
import { nginx } from './nginx.ts'

const definitions: readonly ImageDefinition[] = [busybox, nginx]

/** Every image that can be pulled. */
export const IMAGES: ImageSet = createImageSet(definitions)
