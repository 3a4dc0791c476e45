/**
 * @file tide.h
 * @brief When the water comes in, and when it goes out.
 *
 * The functions of this library compute the tides of a harbor from the constants that its harbor master has measured.
 */

/**
 * @brief A harbor, with the constants that were measured there.
 *
 * The constants are those of the four largest tides. Those of a harbor that is not measured can be taken from the next
 * harbor along the coast, with an error of some minutes.
 */
struct harbor {
  const char *name;     /**< The name, in UTF-8. */
  double amplitudes[4]; /**< In meters, the largest first. */
  double phases[4];     /**< In degrees, of the same tides. */
};

/**
 * @brief Returns the height of the water in a harbor.
 *
 * The height is that above the mean of the last nineteen years, in which the moon has taken all its ways. Wind and the
 * pressure of the air are not considered: in a storm the water may stand a meter higher than this function says.
 *
 * @param h The harbor; it must not be NULL.
 * @param seconds The time, in seconds since 1970.
 * @return The height in meters, negative below the mean.
 */
double tide_height(const struct harbor *h, long long seconds);

/**
 * @brief Returns when the water is next at its highest.
 *
 * @param h The harbor; it must not be NULL.
 * @param seconds The time after which to look.
 * @return The time in seconds since 1970, which is at most thirteen hours later.
 */
long long tide_next_high(const struct harbor *h, long long seconds);
