package dev.sluice.masking.treat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Replaces a date or timestamp by the first moment of its month, quarter or year, or by its year as a number; years are
 * proleptic Gregorian, instants are read in UTC. The first day of a month exists in every year, so 29 February needs no
 * rule.
 */
final class CalendarFloor implements EachValue.One {

    private final String unit;

    /** Floor to {@code month}, {@code quarter} or {@code year}, or {@code part} for the year as a number. */
    CalendarFloor(String unit) {
        this.unit = unit;
    }

    @Override
    public Object treat(Object value) {
        if (value instanceof LocalDate date) {
            return unit.equals("part") ? (Object) date.getYear() : floor(date);
        }
        if (value instanceof LocalDateTime moment) {
            return unit.equals("part") ? (Object) moment.getYear() : floor(moment);
        }
        LocalDateTime utc = LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC);
        return unit.equals("part") ? (Object) utc.getYear() : floor(utc).toInstant(ZoneOffset.UTC);
    }

    private LocalDateTime floor(LocalDateTime moment) {
        return LocalDateTime.of(floor(moment.toLocalDate()), LocalTime.MIDNIGHT);
    }

    private LocalDate floor(LocalDate date) {
        return switch (unit) {
            case "month" -> date.withDayOfMonth(1);
            case "quarter" -> LocalDate.of(date.getYear(), date.getMonth().firstMonthOfQuarter(), 1);
            case "year" -> date.withDayOfYear(1);
            default -> throw new IllegalStateException("The unit of a calendar floor is month, quarter, year or part.");
        };
    }
}
