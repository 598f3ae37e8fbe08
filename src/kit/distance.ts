/** A point on the map, in degrees. */
export interface Place {
  latitude: number;
  longitude: number;
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Kilometres by road as the centre counts them: the great circle and three tenths more, because roads wind. */
export function roadKm(from: Place, to: Place): number {
  const north = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2;
  const east = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  const arc = north + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * east;
  return 1.3 * 2 * 6371 * Math.asin(Math.sqrt(Math.min(1, arc)));
}
