/** The image that containers are made of, where no other is named. */
export const DEFAULT_IMAGE = 'wiregrade/cell';
