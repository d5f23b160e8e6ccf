package dev.sluice.masking.treat;

import dev.sluice.cdc.event.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Replaces a number by the largest multiple of a bucket size that is not above the number, in exact decimal arithmetic
 * (0.3 in buckets of 0.1 is 0.3). A multiple that the field's type cannot hold, below its smallest number, is out of
 * range. Not-a-number and the infinities are in no bucket and stay.
 */
final class NumberFloor implements EachValue.One {

    private final DataType type;
    private final BigDecimal bucket;

    NumberFloor(DataType type, BigDecimal bucket) {
        this.type = type;
        this.bucket = bucket;
    }

    @Override
    public Object treat(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                return value;
            }
        }
        return back(floor(new BigDecimal(Canonical.text(type, value))));
    }

    private BigDecimal floor(BigDecimal number) {
        return number.divide(bucket, 0, RoundingMode.FLOOR).multiply(bucket);
    }

    private Object back(BigDecimal floor) {
        return switch (type.kind()) {
            case INT32 -> fits(floor, Integer.MIN_VALUE) ? (Object) floor.intValueExact() : Fault.OUT_OF_RANGE;
            case INT64 -> fits(floor, Long.MIN_VALUE) ? (Object) floor.longValueExact() : Fault.OUT_OF_RANGE;
            case FLOAT32 -> floor.floatValue();
            case FLOAT64 -> floor.doubleValue();
            case DECIMAL -> scaled(floor);
            default -> floor;
        };
    }

    private static boolean fits(BigDecimal floor, long least) {
        return floor.compareTo(BigDecimal.valueOf(least)) >= 0;
    }

    private Object scaled(BigDecimal floor) {
        BigDecimal scaled = floor.setScale(type.scale(), RoundingMode.UNNECESSARY);
        return scaled.precision() <= type.precision() ? scaled : Fault.OUT_OF_RANGE;
    }
}
