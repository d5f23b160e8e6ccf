/**
 * The sample shop: a living database with invented people, for the demo and for the end-to-end tests.
 *
 * <p>In here: {@link dev.sluice.deploy.demo.shop.Canary} makes personal values with a marker; {@link
 * dev.sluice.deploy.demo.shop.ShopWriter} changes the database one transaction at a time; {@link
 * dev.sluice.deploy.demo.shop.ShopStory} plays a fixed script with the writer, {@link
 * dev.sluice.deploy.demo.shop.Chapter} by chapter, and counts in {@link dev.sluice.deploy.demo.shop.Played} what was
 * committed; {@link dev.sluice.deploy.demo.shop.LiveShop} changes the database until it is closed; {@link
 * dev.sluice.deploy.demo.shop.MalformedRecords} puts broken records into a raw topic for the scripted demo. Triggers
 * write every change into {@code truth.changes}, which is neither published nor readable for capture.
 *
 * <p>May come in: sample data and the programs that change them.
 *
 * <p>May use: {@code deploy}; libraries: Kafka clients, SLF4J.
 */
@NullMarked
package dev.sluice.deploy.demo.shop;

import org.jspecify.annotations.NullMarked;
