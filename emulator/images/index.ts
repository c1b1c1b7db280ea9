import { createImageSet, type ImageDefinition, type ImageSet } from '../node/image.ts'
import { busybox } from './busybox.ts'
import { controlPlaneImages } from './control-plane.ts'
import { corednsImage } from './coredns.ts'
import { nginx } from './nginx.ts'

const definitions: readonly ImageDefinition[] = [busybox, nginx, corednsImage, ...controlPlaneImages]

/** Every image that can be pulled. */
export const IMAGES: ImageSet = createImageSet(definitions)
